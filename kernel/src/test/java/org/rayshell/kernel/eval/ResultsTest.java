package org.rayshell.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What cells have shown, by number. */
class ResultsTest {
  @AutoClose private final Cells cells = new Cells();

  /** As the engine does with what it shows. */
  private Object shown(String code) {
    Object value = cells.value(code);
    cells.evaluator().results().keep(cells.count(), value);
    return value;
  }

  @Test
  void areVariablesOfTheResultsTypes() {
    shown("List.of(\"ab\", \"c\")");
    cells.ok("int quiet = 7;");
    shown("20 + 22");
    assertEquals(2, cells.value("_1.get(0).length()"));
    assertEquals(43, cells.value("_3 + 1"));
    assertEquals(42, cells.value("__"));
    shown("\"text\"");
    assertEquals("TEXT", cells.value("__.toUpperCase()"));
    assertEquals(43, cells.value("_3 + 1"));
    assertEquals("int", cells.typeOf("_3", "_3"));
  }

  @Test
  void areOfTheSessionsTypesAsLongAsTheseAreTheSame() {
    cells.ok("record Point(int x) {}");
    shown("new Point(3)");
    assertEquals(3, cells.value("_2.x()"));
    shown("List.of(new Point(4))");
    cells.ok("record Point(int x, int y) {}");
    assertEquals("[Point[x=4]]", String.valueOf(cells.value("_4")));
  }

  @Test
  void aUsersVariableOfTheNameIsTheUsers() {
    shown("1");
    cells.ok("int _1 = 10;");
    assertEquals(10, cells.value("_1"));
  }

  @Test
  void mentionsInTextAndNamesAreNone() {
    shown("5");
    assertEquals("_1", cells.value("\"_1\""));
    assertEquals(1_1, cells.value("int a_1 = 1_1; a_1"));
  }

  @Test
  void onlyTheLatestAreKeptAndVariablesValuesAreTheirs() {
    shown("new ArrayList<>(List.of(0))");
    cells.ok("var held = new ArrayList<>(List.of(1));");
    shown("held");
    assertEquals(List.of(1), cells.value("_3"));
    for (int i = 0; i < Results.KEPT; i++) {
      cells.evaluator().results().expression(100 + i, "new int[0]");
      cells.evaluator().results().keep(100 + i, new int[] {i});
    }
    assertEquals(19, ((int[]) cells.value("_119"))[0]);
    cells.evaluator().results().clear();
    assertTrue(cells.rejected("_118[0]").getFirst().hint().startsWith("the result of In [3]"));
  }
}
