package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rayshell.kernel.display.Sheet;

/** Tables of commands, for front ends that draw HTML and for those that do not. */
class SheetTest {
  @Test
  void textIsAlignedAndHtmlEscaped() {
    Sheet sheet = new Sheet().text("name").number("CPU").words("");
    sheet.row(Sheet.of("<f>"), Sheet.of("12 ms"), Sheet.of("waits for a worker"));
    sheet.row(Sheet.code("longer"), Sheet.NONE, Sheet.of(""));
    assertEquals(
        """
        name      CPU
        <f>     12 ms  waits for a worker
        longer      -\
        """,
        sheet.text());
    String html = sheet.html();
    AllowList.check(html);
    assertTrue(html.contains("&lt;f&gt;") && html.contains(">–<"), html);
  }

  @Test
  void onlySentencesTakeSeveralLines() {
    Sheet sheet = new Sheet().text("").words("");
    sheet.row(Sheet.code("%ray help"), Sheet.of("lists the commands"));
    String[] cells = sheet.html().split("<td ");
    assertTrue(cells[1].contains("white-space:nowrap"), cells[1]);
    assertFalse(cells[2].contains("nowrap"), cells[2]);
    assertFalse(sheet.html().contains("<thead"), "no heads, no line of heads");
  }

  @Test
  void aRowHasAFieldForEachColumn() {
    Sheet sheet = new Sheet().text("a").text("b");
    assertThrows(IllegalArgumentException.class, () -> sheet.row(Sheet.of("1")));
  }
}
