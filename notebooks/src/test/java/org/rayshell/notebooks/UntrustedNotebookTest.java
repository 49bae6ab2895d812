package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A notebook that somebody else ran: JupyterLab does not trust it and sanitises what it shows. */
class UntrustedNotebookTest {
  private static final List<String> CELLS =
      List.of(
          "Ray.init(RayOptions.create().numCpus(2))",
          "Ray.clusterResources()",
          "@Remote int nap(int ms) throws InterruptedException { Thread.sleep(ms); return ms; }",
          "var naps = IntStream.range(0, 4).mapToObj(i -> nap.remote(300)).toList();\nnaps",
          "Ray.get(naps)",
          "Ray.nodes()",
          "var many = IntStream.range(0, 120).mapToObj(i -> nap.remote(i % 2)).toList();\nRay.get(many);\nmany",
          // In a variable: nothing is known of objects once the collector has had their last refs.
          "%%ray\nvar last = IntStream.range(0, 4).mapToObj(i -> nap.remote(100)).toList();\nRay.get(last)",
          "%ray tasks --limit 5",
          "%ray workers",
          "%ray objects --limit 3",
          "%ray timeline",
          "%ray status",
          "%ray help",
          """
          record River(String name, Integer km) {}
          IntStream.range(0, 30)
              .mapToObj(i -> new River(i == 3 ? null : "<b>river " + i, i == 4 ? null : 100 * i))
              .toList()\
          """);

  private static final int REPORT = 7;
  private static final int COMMANDS = 8;
  private static final int TABLE = COMMANDS + 6;

  @Test
  void showsTheSameNumbers() throws Exception {
    try (Sandbox sandbox = new Sandbox("untrusted").withKernel()) {
      Path folder = sandbox.make("notebooks");
      Path source = Draft.of(CELLS).write(sandbox.folder().resolve("source.ipynb"));
      Path executed = folder.resolve("executed.ipynb");
      sandbox
          .run(
              PythonEnvironment.python(),
              Project.ROOT.resolve("install/lib/execute.py"),
              source,
              executed)
          .succeeded();
      try (JupyterServer lab = JupyterServer.start(JupyterServer.App.LAB, sandbox, folder);
          Browser browser = Browser.start()) {
        LabPage page = new LabPage(browser.page());
        page.open(lab.page("executed.ipynb"));
        page.screenshot("untrusted-list", 3);
        page.screenshot("untrusted-many", 6);
        page.screenshot("untrusted-report", REPORT);
        shows(page, 1, "CPU", "GB");
        shows(page, 3, "4 finished", "nap", "int 300");
        shows(page, 5, "alive", "127.0.0.1", "2 workers");
        shows(page, 6, "120 × nap", "120 finished", "110 more");
        page.outputs(6).locator("summary").click();
        assertEquals(120, page.outputs(6).locator("tbody tr").count());
        shows(page, REPORT, "4 tasks on 2 workers", "4 finished", "Workers", "Speed-up");
        assertEquals(List.of(), page.brokenImages());
        for (int cell = 0; cell < CELLS.size(); cell++) {
          String text = page.output(cell);
          // A style sheet or a picture that sanitising turned into text.
          assertFalse(text.contains("{color") || text.contains("px;") || text.contains("</"), text);
        }
        commands(page);
        table(page);
        page.dark(sandbox);
        commands(page);
        table(page);
        page.screenshot("untrusted-table-dark", TABLE);
        assertEquals(List.of(), page.findings());
        page.screenshot("untrusted-commands-dark", COMMANDS + 3);
      }
    }
  }

  private static void commands(LabPage page) {
    shows(page, COMMANDS, "nap", "finished", "queued", "older tasks are not shown");
    shows(page, COMMANDS + 1, "idle", "MB", "plain");
    shows(page, COMMANDS + 2, "int 100", "stored", "the driver holds");
    shows(page, COMMANDS + 3, "runs of tasks on 2 workers", "% busy", "computing", "0 s");
    shows(page, COMMANDS + 4, "Dashboard", "128 finished");
    shows(page, COMMANDS + 5, "%ray profile [TASK|FUNCTION]", "flame graph");
  }

  /** Numbers on the right, nulls that are no word, and further rows that open without a script. */
  private static void table(LabPage page) {
    shows(page, TABLE, "<b>river 19", "1900", "null", "10 more rows", "30 rows × 2 columns");
    assertFalse(page.output(TABLE).contains("river 20"), page.output(TABLE));
    page.outputs(TABLE).locator("summary").click();
    shows(page, TABLE, "<b>river 29");
    assertEquals(
        List.of("left", "right"),
        page.outputs(TABLE)
            .locator("tbody tr:first-child td:not(:first-child)")
            .evaluateAll("cells => cells.slice(0, 2).map(c => getComputedStyle(c).textAlign)"));
    Locator heading = page.outputs(TABLE).locator("th").nth(2);
    heading.click();
    assertEquals(
        "[false, false, 0]",
        heading
            .evaluate(
                "h => [getComputedStyle(h).cursor === 'pointer', 'order' in h.dataset,"
                    + " +h.closest('table').tBodies[0].rows[0].cells[0].textContent]")
            .toString(),
        "what sorts where scripts are trusted is gone, and nothing promises it");
  }

  private static void shows(LabPage page, int cell, String... words) {
    // A page that was loaded anew has its cells before their outputs.
    page.shows(cell, words[0]);
    String text = page.output(cell);
    for (String word : words) {
      assertTrue(text.contains(word), () -> word + " is not in: " + text);
    }
  }
}
