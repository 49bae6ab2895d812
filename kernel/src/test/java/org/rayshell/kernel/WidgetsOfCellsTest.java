package org.rayshell.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.wire.Message;

/** Widgets as a front end hears of them, and as cells hear of the front end. */
class WidgetsOfCellsTest extends WidgetCells {
  @Test
  void aSliderIsOpenedWhenItIsShown() {
    Run made = ok("var n = Widgets.intSlider(0, 100).value(10).label(\"n\");");
    assertEquals(List.of(), made.contents("comm_open"));
    Run run = ok("n");
    assertTrue(run.types().indexOf("comm_open") < run.types().indexOf("execute_result"));
    String id = shown(run);
    JsonObject state = state(run, id);
    assertEquals("IntSliderModel", state.get("_model_name").getAsString());
    assertEquals("@jupyter-widgets/controls", state.get("_model_module").getAsString());
    assertEquals("2.0.0", state.get("_model_module_version").getAsString());
    assertEquals("IntSliderView", state.get("_view_name").getAsString());
    assertEquals(10, state.get("value").getAsInt());
    assertEquals(100, state.get("max").getAsInt());
    assertEquals("n", state.get("description").getAsString());
    Message open =
        run.published().stream()
            .filter(each -> each.header().type().equals("comm_open"))
            .findFirst()
            .orElseThrow();
    assertEquals("2.1.0", open.metadata().get("version").getAsString());
    assertEquals("jupyter.widget", open.content().get("target_name").getAsString());
    String text = run.result();
    assertTrue(text.startsWith("IntSlider(label=n, value=10, min=0, max=100)\n"), text);
    assertTrue(text.endsWith("pip install jupyterlab_widgets"), text);
    // A second view is of the same one.
    Run again = ok("n");
    assertEquals(id, shown(again));
    assertEquals(List.of(), again.contents("comm_open"));
  }

  @Test
  void valuesGoBothWays() {
    String id = shown(ok("var both = Widgets.intSlider(0, 100);\nboth"));
    Run changed = change(id, "{'value': 42}");
    assertEquals("{\"value\":42}", sent(changed.published(), id, "echo_update").get(0).toString());
    assertEquals("42", ok("both.value()").result());
    Run moved = ok("both.value(50);");
    assertEquals("{\"value\":50}", sent(moved.published(), id, "update").get(0).toString());
    String refused = error("both.value(101)");
    assertTrue(
        refused.contains("value=101: the slider goes from 0 to 100; see min() and max()"), refused);
    assertTrue(error("both.value(null)").contains("NullPointerException: value"));
    ok("both.max(20);");
    assertEquals("20", ok("both.value()").result());
    // What a page has no business with is left.
    change(id, "{'max': 7, '_model_name': 'x'}");
    assertEquals("20", ok("both.max()").result());
  }

  @Test
  void aHandlerPrintsUnderTheCellThatShowsItsWidget() {
    ok("var heard = Widgets.floatSlider(0, 1);");
    Run cell = ok("heard");
    ok("heard.onChange(v -> System.out.println(\"heard \" + v));");
    change(shown(cell), "{'value': 0.25}");
    assertEquals("heard 0.25\n", printed(cell, "\n"));
    ok("heard.value(1);");
    assertEquals("heard 1.0\n", printed(cell, "\n"));
  }

  @Test
  void whatAHandlerThrowsIsShownAndLosesNothing() {
    Run cell =
        ok(
            """
            var throwing = Widgets.checkbox("c");
            throwing.onChange(v -> { throw new java.io.IOException("on purpose"); });
            throwing.onChange(v -> System.out.println("the other one " + v));
            throwing\
            """);
    change(shown(cell), "{'value': true}");
    String text = printed(cell, "the other one true\n");
    assertTrue(text.startsWith("java.io.IOException: on purpose\n"), text);
    assertTrue(text.contains("(In ["), text);
    assertFalse(text.contains("org.rayshell"), text);
    assertEquals("true", ok("throwing.value()").result());
  }

  @Test
  void aHandlerThatDoesNotEndHoldsBackNoCellAndIsInterrupted() {
    Run cell =
        ok(
            """
            var endless = Widgets.button("Go").onClick(() -> {
              System.out.println("begun");
              while (true) {}
            });
            endless\
            """);
    String id = shown(cell);
    happen(id, "click");
    printed(cell, "begun\n");
    assertEquals("2", ok("1 + 1").result());
    client.askControl("interrupt_request", "{}");
    printed(cell, "the handler of a widget was interrupted\n");
    ok("endless.removeHandlers().onClick(() -> System.out.println(\"again\"));");
    happen(id, "click");
    printed(cell, "again\n");
  }

  @Test
  void everyClickCounts() {
    String id =
        shown(
            ok(
                """
                var clicks = new CountDownLatch(3);
                var clicked = Widgets.button("Go").style("primary").onClick(clicks::countDown);
                clicked\
                """));
    for (int i = 0; i < 3; i++) {
      happen(id, "click");
    }
    ok("clicks.await();");
    assertTrue(error("clicked.style(\"pink\")").contains("style=pink: there are primary,"));
  }

  @Test
  void anOutputTakesWhatABlockPrintsAndDisplays() {
    Run run =
        ok(
            """
            var out = Widgets.output(() -> {
              System.out.println("printed");
              System.err.println("complaint");
              display(html("<b>shown</b>"));
              Thread helper = new Thread(() -> System.out.println("helped"));
              helper.start();
              helper.join();
            });
            System.out.println("beside");
            out\
            """);
    assertEquals("beside\n", run.stream("stdout"));
    String id = shown(run);
    List<JsonElement> outputs = state(run, id).getAsJsonArray("outputs").asList();
    assertEquals(
        "{\"output_type\":\"stream\",\"name\":\"stdout\",\"text\":\"printed\\n\"}",
        outputs.get(0).toString());
    assertTrue(outputs.get(1).toString().contains("complaint"), outputs::toString);
    assertTrue(outputs.get(2).toString().contains("<b>shown</b>"), outputs::toString);
    assertTrue(outputs.get(3).toString().contains("helped"), outputs::toString);
    assertTrue(run.result().startsWith("printed\ncomplaint\n"), run.result());

    Run replaced = ok("out.replace(() -> System.out.print(\"new\"));");
    JsonObject last = sent(replaced.published(), id, "update").getLast();
    assertEquals(1, last.getAsJsonArray("outputs").size(), last::toString);
    Run updated =
        ok(
            """
            out.replace(() -> {
              var handle = display("first");
              updateDisplay(handle, "second");
            });
            out.text()\
            """);
    assertEquals("second\n", updated.result());
    Run thrown = client.fails("out.capture(() -> { throw new Exception(\"of the block\"); });");
    assertTrue(thrown.error().contains("of the block"), thrown::error);
    assertEquals("after\n", ok("System.out.println(\"after\")").stream("stdout"));
  }

  @Test
  void interactShowsTheLatestValueAndPassesOverOthers() {
    Run run =
        ok(
            """
            var gate = new Semaphore(1);
            var runs = new java.util.concurrent.atomic.AtomicInteger();
            var x = Widgets.intSlider(0, 100);
            var word = Widgets.text("w");
            Widgets.interact(x, word, (a, b) -> {
              gate.acquire();
              runs.incrementAndGet();
              if (a == 13) throw new IllegalStateException("unlucky");
              return html("<i>" + b + a + "</i>");
            })\
            """);
    String box = shown(run);
    List<String> children =
        state(run, box).getAsJsonArray("children").asList().stream()
            .map(each -> each.getAsString().substring("IPY_MODEL_".length()))
            .toList();
    assertEquals(3, children.size());
    String out = children.get(2);
    assertTrue(state(run, out).get("outputs").toString().contains("<i>w0</i>"));
    for (int i = 1; i <= 5; i++) {
      change(children.get(0), "{'value': " + i + "}");
    }
    told(ok("gate.release(5);"), out, "<i>w5</i>");
    int runs = Integer.parseInt(ok("runs.get()").result());
    assertTrue(runs == 2 || runs == 3, "runs=" + runs);
    told(change(children.get(1), "{'value': 'v'}"), out, "<i>v5</i>");
    told(change(children.get(0), "{'value': 13}"), out, "IllegalStateException: unlucky");
  }

  @Test
  void aPageThatIsLoadedGetsAllStates() {
    String id = shown(ok("var kept = Widgets.text(\"kept\");\nkept"));
    change(id, "{'value': 'typed'}");
    tell("comm_open", "ctl", "{}, 'target_name': 'jupyter.widget.control'");
    Run answer = tell("ctl", "{'method': 'request_states'}");
    JsonObject data = answer.contents("comm_msg").getFirst().getAsJsonObject("data");
    assertEquals("update_states", data.get("method").getAsString());
    JsonObject model = data.getAsJsonObject("states").getAsJsonObject(id);
    assertEquals("TextModel", model.get("model_name").getAsString());
    assertEquals("typed", model.getAsJsonObject("state").get("value").getAsString());
    tell("comm_close", "ctl", "{}");
    Run one = tell(id, "{'method': 'request_state'}");
    assertEquals("typed", sent(one.published(), id, "update").get(0).get("value").getAsString());

    Run closed = ok("kept.close();");
    assertEquals(id, closed.contents("comm_close").getFirst().get("comm_id").getAsString());
    Run info = client.ask("comm_info_request", "{'target_name': 'jupyter.widget'}");
    assertFalse(info.content().getAsJsonObject("comms").has(id));
    assertFalse(shown(ok("kept")).equals(id));
  }

  @Test
  void aBarThatIsMovedOftenIsToldOfSeldomAndAtLastRightly() {
    String id = shown(ok("var bar = Widgets.progress(10_000);\nbar"));
    Run run = ok("for (int i = 1; i <= 10_000; i++) bar.value(i);");
    List<JsonObject> told = sent(run.published(), id, "update");
    assertTrue(told.size() < 1_000, "updates=" + told.size());
    assertEquals(10_000, told.getLast().get("value").getAsInt());
    assertEquals("10000.0", ok("bar.value(9_000).add(500).add(5_000);\nbar.value()").result());
  }

  @Test
  void boxesHoldWidgetsThatAreOpenedBefore() {
    Run run =
        ok(
            """
            var one = Widgets.label("one").width("10em");
            var two = Widgets.button("two");
            Widgets.tabs(Widgets.hbox(one, two), Widgets.vbox()).titles("a", "b")\
            """);
    JsonObject tab = state(run, shown(run));
    assertEquals("[\"a\",\"b\"]", tab.get("titles").toString());
    assertEquals(0, tab.get("selected_index").getAsInt());
    String row = tab.getAsJsonArray("children").get(0).getAsString();
    JsonObject hbox = state(run, row.substring("IPY_MODEL_".length()));
    assertEquals("HBoxModel", hbox.get("_model_name").getAsString());
    String label = hbox.getAsJsonArray("children").get(0).getAsString();
    String layout = state(run, label.substring("IPY_MODEL_".length())).get("layout").getAsString();
    assertEquals(
        "10em", state(run, layout.substring("IPY_MODEL_".length())).get("width").getAsString());
    assertTrue(
        run.result().startsWith("Tab\n  HBox\n    Label(value=one)\n    Button(two)\n"),
        run::result);
  }

  @Test
  void choicesAreOfValues() {
    Run run =
        ok(
            """
            record City(String name, int people) {}
            var city = Widgets.dropdown(new City("Bern", 134), new City("Zug", 31)).names(City::name);
            city\
            """);
    String id = shown(run);
    assertEquals("[\"Bern\",\"Zug\"]", state(run, id).get("_options_labels").toString());
    assertEquals(0, state(run, id).get("index").getAsInt());
    change(id, "{'index': 1}");
    assertEquals("31", ok("city.value().people()").result());
    Run chosen = ok("city.value(city.options().get(0));");
    assertEquals("{\"index\":0}", sent(chosen.published(), id, "update").get(0).toString());
    assertTrue(error("city.value(new City(\"Ulm\", 1))").contains("is none of the options"));
  }

  @Test
  void linkedControlsFollowEachOther() {
    Run run =
        ok(
            """
            var left = Widgets.intSlider(0, 10).value(3);
            var right = Widgets.intSlider(0, 5);
            Widgets.link(left, right);
            left\
            """);
    assertEquals("3", ok("right.value()").result());
    change(shown(run), "{'value': 9}");
    // As near as the other one can have it, and so this one, too.
    assertEquals("[5, 5]", ok("List.of(left.value(), right.value())").result());
  }

  @Test
  void enterIsHeard() {
    Run cell =
        ok(
            """
            var field = Widgets.text().onEnter(text -> System.out.println("entered " + text));
            field\
            """);
    change(shown(cell), "{'value': 'abc'}");
    happen(shown(cell), "submit");
    assertEquals("entered abc\n", printed(cell, "\n"));
    assertNull(ok("field.value(\"x\");").result());
  }
}
