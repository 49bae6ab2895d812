package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables in JupyterLab: sorted by clicks and gone through; help below a cell; typed fields. */
class TablesInJupyterLabTest {
  private static final int TABLE = 0;
  private static final int CUT = 1;
  private static final int PAGES = 2;
  private static final int FIELDS = 3;
  private static final int VALUES = 4;
  private static final int HELP = 5;

  private static Draft draft() {
    return new Draft()
        .cell(
            """
            record River(String name, Integer km) {}
            IntStream.range(0, 30)
                .mapToObj(i -> new River("river " + i, i == 4 ? null : i * 7 % 30))
                .toList()\
            """)
        .cell("IntStream.range(0, 500).mapToObj(i -> new River(\"r\" + i, -i)).toList()")
        .cell(
            "Widgets.table(IntStream.range(0, 500).mapToObj(i -> new River(\"r\" + i, -i)).toList())")
        .cell(
            """
            var count = Widgets.intText(0, 10).value(3).label("count");
            var share = Widgets.floatText().value(0.5).label("share");
            var day = Widgets.datePicker().value(java.time.LocalDate.of(2026, 2, 28)).label("day");
            var ink = Widgets.colorPicker("#1f83c4").label("ink");
            var square = Widgets.image(svg("<svg xmlns='http://www.w3.org/2000/svg' width='60'"
                + " height='60'><rect width='60' height='60' fill='" + ink.value() + "'/></svg>"));
            Widgets.vbox(count, share, day, ink, square)\
            """)
        .cell("List.of(count.value(), share.value(), day.value(), ink.value())")
        .cell("String.repeat??");
  }

  @Test
  void areSortedAndGoneThrough() throws Exception {
    try (Sandbox sandbox = new Sandbox("tables").withKernel()) {
      Path folder = sandbox.make("notebooks");
      draft().write(folder.resolve("tables.ipynb"));
      try (JupyterServer lab = JupyterServer.start(JupyterServer.App.LAB, sandbox, folder);
          Browser browser = Browser.start()) {
        LabPage page = new LabPage(browser.page());
        page.open(lab.page("tables.ipynb"));
        page.kernelIdle();
        page.choose("Run", "runmenu:run-all");
        page.allRan(HELP + 1);

        sorts(page);
        sortsByKeys(page);
        saysWhatIsNotSorted(page);
        goesThrough(page);
        page.shows(HELP, "String repeat(int count)");
        page.shows(HELP, "IllegalArgumentException");
        page.screenshot("help-in-a-page", HELP);
        fields(page);

        page.save();
        page.reload();
        page.shows(TABLE, "river 0");
        sorts(page);
        page.dark(sandbox);
        page.shows(TABLE, "river 0");
        head(page, TABLE, "km").click();
        // The markup of widgets is jupyterlab_widgets'.
        assertEquals(List.of(), page.findings("[data-mime-type='text/html']"));
        page.screenshot("table-sorted-dark", TABLE);
      }
    }
  }

  private static Locator head(LabPage page, int cell, String name) {
    return page.outputs(cell)
        .locator("th")
        .filter(new Locator.FilterOptions().setHasText(name))
        .first();
  }

  /** The values of the column, of the rows that are open and those that can be opened. */
  private static List<String> column(LabPage page, int cell, int column) {
    return page.outputs(cell).locator("tbody tr td:nth-child(" + column + ")").allTextContents();
  }

  private static void sorts(LabPage page) {
    head(page, TABLE, "km").hover();
    assertEquals("pointer", head(page, TABLE, "km").evaluate("th => getComputedStyle(th).cursor"));
    head(page, TABLE, "km").click();
    List<String> up = column(page, TABLE, 3);
    assertEquals(List.of("0", "1", "2"), up.subList(0, 3));
    assertEquals(List.of("29", "null"), up.subList(28, 30), "what is not there comes last");
    assertEquals("river 13", column(page, TABLE, 2).get(1), "rows stay together");
    assertEquals(
        "ascending", head(page, TABLE, "km").getAttribute("aria-sort"), "for who cannot see it");
    assertTrue(page.output(TABLE).contains("▲"), page.output(TABLE));
    page.screenshot("table-sorted", TABLE);
    head(page, TABLE, "km").click();
    List<String> down = column(page, TABLE, 3);
    assertEquals(List.of("29", "27", "26"), down.subList(0, 3));
    assertEquals("null", down.get(29));
    head(page, TABLE, "name").click();
    assertEquals(List.of("river 0", "river 1", "river 10"), column(page, TABLE, 2).subList(0, 3));
    head(page, TABLE, "name").click();
    head(page, TABLE, "name").click();
    assertEquals(List.of("0", "1", "2"), column(page, TABLE, 1).subList(0, 3), "as it was");
    assertFalse(page.output(TABLE).contains("▲"), page.output(TABLE));
  }

  /** From heading to heading by Tab, and sorted by Enter and the space bar. */
  private static void sortsByKeys(LabPage page) {
    Locator name = button(page, "name");
    button(page, "#").focus();
    page.press("Tab");
    assertEquals(true, name.evaluate("it => it === document.activeElement"));
    page.press("Enter");
    assertEquals(List.of("river 0", "river 1", "river 10"), column(page, TABLE, 2).subList(0, 3));
    page.press("Space");
    assertEquals("river 9", column(page, TABLE, 2).getFirst());
    assertEquals("descending", head(page, TABLE, "name").getAttribute("aria-sort"));
    page.press("Tab");
    page.press("Enter");
    assertEquals(List.of("0", "1", "2"), column(page, TABLE, 3).subList(0, 3));
    page.screenshot("table-sorted-by-keys", TABLE);
    page.press("Enter");
    page.press("Enter");
    assertEquals(List.of("0", "1", "2"), column(page, TABLE, 1).subList(0, 3), "as it was");
    assertEquals(
        true,
        button(page, "km").evaluate("it => it === document.activeElement"),
        "the focus stays");
    // A click leaves the focus, and so the keys of the notebook, where they were.
    button(page, "km").evaluate("it => it.blur()");
    button(page, "km").click();
    assertEquals(false, button(page, "km").evaluate("it => it === document.activeElement"));
    button(page, "km").click();
    button(page, "km").click();
  }

  private static Locator button(LabPage page, String name) {
    return page.outputs(TABLE)
        .locator("th")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true))
        .first();
  }

  private static void saysWhatIsNotSorted(LabPage page) {
    assertFalse(page.output(CUT).contains("Only the rows"), page.output(CUT));
    head(page, CUT, "km").click();
    assertEquals("-99", column(page, CUT, 3).getFirst());
    page.shows(CUT, "Only the rows that are shown are sorted");
    page.screenshot("table-cut", CUT);
  }

  private static void goesThrough(LabPage page) {
    page.shows(PAGES, "1–20 of 500");
    page.outputs(PAGES).getByText("›").click();
    page.shows(PAGES, "21–40 of 500");
    page.shows(PAGES, "r39");
    page.outputs(PAGES).locator("select").selectOption("km");
    page.shows(PAGES, "1–20 of 500");
    page.shows(PAGES, "-499");
    page.outputs(PAGES).getByText("descending").click();
    page.shows(PAGES, "r19");
    page.screenshot("table-pages", PAGES);
  }

  private static void fields(LabPage page) {
    Locator fields = page.outputs(FIELDS);
    field(page, "count").fill("7");
    field(page, "count").press("Enter");
    field(page, "share").fill("2.25");
    field(page, "share").press("Enter");
    field(page, "day").fill("2027-03-01");
    fields.locator("input[type=color]").fill("#d55e00");
    assertEquals(1, fields.locator("svg rect").count());
    page.screenshot("widget-fields", FIELDS);
    page.run(VALUES);
    page.shows(VALUES, "[7, 2.25, 2027-03-01, #d55e00]");
  }

  /** What is typed into beside the label. */
  private static Locator field(LabPage page, String label) {
    return page.outputs(FIELDS)
        .locator(".jupyter-widgets:has(> label:text-is('" + label + "')) input");
  }
}
