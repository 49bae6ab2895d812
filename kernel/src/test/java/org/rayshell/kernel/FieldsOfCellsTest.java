package org.rayshell.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rayshell.kernel.testkit.Run;

/** Widgets for numbers, dates, colours, pictures and tables, as a front end hears of them. */
class FieldsOfCellsTest extends WidgetCells {
  private static String model(Run run) {
    return state(run, shown(run)).get("_model_name").getAsString();
  }

  private static String of(JsonObject state, String key) {
    return state.get(key).toString();
  }

  @Test
  void numbersAreTypedIn() {
    Run run = ok("var count = Widgets.intText().value(7).step(5).label(\"count\");\ncount");
    String id = shown(run);
    assertEquals("IntTextModel", model(run));
    assertEquals("7", of(state(run, id), "value"));
    assertEquals("5", of(state(run, id), "step"));
    change(id, "{'value': -12}");
    assertEquals("-12", ok("count.value()").result());
    assertTrue(error("count.step(0)").contains("step=0 is not above 0"));

    Run real = ok("var real = Widgets.floatText().value(0.5);\nreal");
    assertEquals("FloatTextModel", model(real));
    change(shown(real), "{'value': 2.25}");
    assertEquals("2.25", ok("real.value()").result());
    assertTrue(error("real.value(Double.NaN)").contains("value=NaN is no number"));
  }

  @Test
  void numbersMayHaveLimits() {
    Run run = ok("var few = Widgets.intText(1, 9);\nfew");
    String id = shown(run);
    assertEquals("BoundedIntTextModel", model(run));
    assertEquals("\"IntTextView\"", of(state(run, id), "_view_name"));
    assertEquals("1", of(state(run, id), "value"));
    assertEquals("9", of(state(run, id), "max"));
    assertTrue(
        error("few.value(10)").contains("value=10: the field takes what is between 1 and 9"));
    // A page that does not look after the limits itself.
    change(id, "{'value': 12}");
    assertEquals("9", ok("few.value()").result());
    Run share = ok("Widgets.floatText(0, 1)");
    assertEquals("BoundedFloatTextModel", model(share));
    assertTrue(error("Widgets.floatText(1, 1)").contains("min=1.0 is not below max=1.0"));
  }

  @Test
  void datesAreLocalDates() {
    Run run =
        ok(
            """
            import java.time.LocalDate;
            var day = Widgets.datePicker();
            day.onChange(d -> System.out.println("day " + d));
            day\
            """);
    String id = shown(run);
    assertEquals("DatePickerModel", model(run));
    assertEquals("null", of(state(run, id), "value"));
    assertEquals("true", ok("day.value() == null").result());
    change(id, "{'value': {'year': 2024, 'month': 1, 'date': 29}}");
    assertEquals("day 2024-02-29\n", printed(run, "\n"));
    assertEquals("2024-02-29", ok("day.value()").result());
    Run set = ok("day.value(LocalDate.of(2026, 12, 1));");
    told(set, id, "{\"year\":2026,\"month\":11,\"date\":1}");
    change(id, "{'value': null}");
    assertEquals("null", ok("day.value()").result());
    ok("day.between(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 31));");
    assertTrue(
        error("day.value(LocalDate.of(2026, 2, 1))")
            .contains("value=2026-02-01: the dates go from 2026-01-01 to 2026-01-31"));
    change(id, "{'value': {'year': 2020, 'month': 0, 'date': 1}}");
    assertEquals("2026-01-01", ok("day.value()").result());
  }

  @Test
  void coloursAreOfCss() {
    Run run = ok("var ink = Widgets.colorPicker(\"teal\").concise(true);\nink");
    String id = shown(run);
    assertEquals("ColorPickerModel", model(run));
    assertEquals("true", of(state(run, id), "concise"));
    change(id, "{'value': '#1f83c4'}");
    assertEquals("#1f83c4", ok("ink.value()").result());
    assertTrue(error("ink.value(\"#12\")").contains("value=#12: a colour is a name"));
  }

  @Test
  void picturesAreChangedByJava() {
    Run run =
        ok(
            """
            import java.awt.image.BufferedImage;
            var picture = Widgets.image(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB)).width("60px");
            picture\
            """);
    String id = shown(run);
    String first = of(state(run, id), "value");
    assertTrue(first.contains("src=\\\"data:image/png;base64,iVBOR"), first);
    assertTrue(run.result().startsWith("Picture(image/png)\n"), run.result());
    Run drawn =
        ok(
            "picture.value(svg(\"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect"
                + " width='5' height='5'/></svg>\"));");
    told(drawn, id, "<rect");
    assertTrue(
        error("Widgets.image(\"cat.png\")")
            .contains("java.lang.String is not shown as a picture: give an image"));
  }

  @Test
  void aTableIsGoneThroughAndSortedAsAWhole() {
    Run run =
        ok(
            """
            record Lake(String name, int depth) {}
            Widgets.table(IntStream.range(0, 1_045)
                .mapToObj(i -> new Lake("lake " + i, i * 7 % 1_045)).toList())\
            """);
    JsonObject box = state(run, shown(run));
    String bar = reference(box, 0);
    String rows = reference(box, 1);
    JsonObject controls = state(run, bar);
    String column = reference(controls, 0);
    String down = reference(controls, 1);
    String back = reference(controls, 2);
    String which = reference(controls, 3);
    String on = reference(controls, 4);
    assertEquals("[\"–\",\"name\",\"depth\"]", of(state(run, column), "_options_labels"));
    assertEquals("\"1–20 of 1,045\"", of(state(run, which), "value"));
    assertEquals("true", of(state(run, back), "disabled"));
    String first = of(state(run, rows), "outputs");
    assertTrue(first.contains("lake 19<") && !first.contains("lake 20<"), first);
    assertFalse(first.contains("onclick"), "a click would sort this page alone");
    assertTrue(run.result().contains("19  lake 19    133"), run.result());

    told(happen(on, "click"), which, "21–40 of 1,045");
    told(change(column, "{'index': 2}"), which, "1–20 of 1,045");
    Run descending = change(down, "{'value': true}");
    // 7 * 597 % 1045 is the greatest, of a row that no page has shown.
    told(descending, rows, "lake 597");
    assertTrue(
        error("Widgets.table(42)").contains("a table is made of a collection"), "what is no table");
  }

  private static String reference(JsonObject box, int child) {
    return box.getAsJsonArray("children").get(child).getAsString().substring("IPY_MODEL_".length());
  }

  @Test
  void aResultSetCannotBeGoneThrough() {
    String refused =
        error(
            """
            Widgets.table(java.lang.reflect.Proxy.newProxyInstance(
                ClassLoader.getSystemClassLoader(),
                new Class<?>[] {java.sql.ResultSet.class},
                (p, m, a) -> { throw new java.sql.SQLException("not to be read"); }))\
            """);
    assertTrue(refused.contains("a ResultSet is read only once"), refused);
    assertEquals(List.of(), ok("1").contents("comm_open"));
  }
}
