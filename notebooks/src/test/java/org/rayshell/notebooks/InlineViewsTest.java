package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Refs and resources as people see them: while tasks run, when they have ended, after a reload, in
 * the dark, in a narrow window, and in a page made of the saved notebook.
 */
class InlineViewsTest {
  private static final int LIVE = 2;
  private static final int RESOURCES = 3;
  private static final int THOUSAND = 4;
  private static final int NESTED = 5;
  private static final int CELLS = 6;

  private static Draft draft(Path gate) {
    return new Draft()
        .cell("Ray.init(RayOptions.create().numCpus(2))")
        .cell(
            """
            @Remote int held(int i) throws Exception {
              while (i > 4 && !Files.exists(Path.of("%s"))) Thread.sleep(10);
              return 60 / (i - 3);
            }\
            """
                .formatted(gate))
        .cell("var refs = IntStream.range(0, 8).mapToObj(i -> held.remote(i)).toList();\nrefs")
        .cell("Ray.clusterResources()")
        .cell(
            "var many = IntStream.range(0, 1_000).mapToObj(i -> held.remote(i % 2)).toList();\nmany")
        .cell("Map.of(\"<b>left</b>\", List.of(held.remote(0), held.remote(1)))");
  }

  @Test
  void followTasksAndKeepTheirLastState() throws Exception {
    try (Sandbox sandbox = new Sandbox("inline").withKernel()) {
      Path folder = sandbox.make("notebooks");
      Path gate = sandbox.folder().resolve("gate");
      Path file = draft(gate).write(folder.resolve("inline.ipynb"));
      try (JupyterServer lab = JupyterServer.start(JupyterServer.App.LAB, sandbox, folder);
          Browser browser = Browser.start()) {
        Page window = browser.page();
        LabPage page = new LabPage(window);
        page.open(lab.page("inline.ipynb"));
        page.kernelIdle();
        page.choose("Run", "runmenu:run-all");
        live(page);
        Files.createFile(gate);
        page.shows(THOUSAND, "1,000 finished");
        page.shows(NESTED, "2 finished");
        ended(page);
        String id = page.outputs(LIVE).locator("a").first().getAttribute("href");
        assertTrue(id.matches("http://127.0.0.1:\\d+/tasks/[0-9a-f]{48}.*"), id);
        String all = page.outputs(THOUSAND).getByText("all in the dashboard").getAttribute("href");
        assertTrue(all.contains("/tasks?cell=5"), all);

        page.save();
        page.reload();
        ended(page);
        narrow(window, page);
        dark(sandbox, page);
        saved(sandbox, file, window);
      }
    }
  }

  private static void live(LabPage page) {
    page.shows(LIVE, "1 failed");
    String text = page.output(LIVE, Pattern.compile("4 finished(?s:.*)2 running"));
    for (String words : List.of("8 × held", "4 finished", "2 running", "1 queued", "as of ")) {
      assertTrue(text.contains(words), () -> words + " is not in: " + text);
    }
    assertEquals(8, page.outputs(LIVE).locator("tbody tr").count());
    assertEquals(0, page.outputs(LIVE).locator("details").count());
    page.screenshot("inline-live", LIVE);
  }

  private static void ended(LabPage page) {
    String text = page.output(LIVE, Pattern.compile("7 finished"));
    for (String words :
        List.of("7 finished", "1 failed", "ArithmeticException: / by zero", "int 60")) {
      assertTrue(text.contains(words), () -> words + " is not in: " + text);
    }
    assertFalse(text.contains("as of "), text);
    String many = page.output(THOUSAND, Pattern.compile("995 more not shown"));
    assertTrue(many.contains("995 more not shown: 995 finished"), many);
    assertTrue(page.output(NESTED).contains("<b>left</b>[1]"), page.output(NESTED));
    assertTrue(page.output(RESOURCES).contains("CPU slots"), page.output(RESOURCES));
    page.screenshot("inline-ended", LIVE);
    page.screenshot("inline-thousand", NESTED);
  }

  private static void narrow(Page window, LabPage page) {
    window.setViewportSize(700, 1000);
    page.screenshot("inline-narrow", LIVE);
    assertEquals(
        true,
        window.evaluate("document.documentElement.scrollWidth <= window.innerWidth"),
        "the page itself does not get wider than the window");
    assertEquals(
        true,
        page.outputs(THOUSAND)
            .filter(new Locator.FilterOptions().setHasText("1,000 finished"))
            .evaluate(
                "box => { const wider = box.scrollWidth > box.clientWidth; box.scrollLeft = 10_000;"
                    + " const last = [...box.querySelectorAll('th')].pop().getBoundingClientRect();"
                    + " return wider && last.right <= box.getBoundingClientRect().right + 1; }"),
        "what is wider is scrolled to in its box");
    window.setViewportSize(1280, 1000);
  }

  private static void dark(Sandbox sandbox, LabPage page) throws Exception {
    page.dark(sandbox);
    ended(page);
    assertEquals(List.of(), page.findings());
    String colours =
        (String)
            page.outputs(LIVE)
                .locator("td")
                .nth(2)
                .evaluate(
                    "cell => { const rgb = c => c.match(/[0-9]+/g).slice(0, 3).reduce((a, b) => a + +b, 0);"
                        + " return rgb(getComputedStyle(cell).color) + ' '"
                        + " + getComputedStyle(cell.closest('tr')).backgroundColor; }");
    int brightness = Integer.parseInt(colours.substring(0, colours.indexOf(' ')));
    assertTrue(brightness > 3 * 128, "text is light on dark: " + colours);
    assertTrue(
        colours.endsWith("rgba(0, 0, 0, 0)"), "rows have no colour of their own: " + colours);
    page.screenshot("inline-dark", LIVE);
  }

  /** The saved notebook as a page, which needs no kernel. */
  private static void saved(Sandbox sandbox, Path file, Page window) throws Exception {
    Notebook notebook = Notebook.read(file);
    assertEquals(CELLS, notebook.code().size());
    for (int cell : List.of(LIVE, THOUSAND, NESTED)) {
      assertEquals(1, notebook.cells().get(cell).shown("text/html").size());
      String text = notebook.cells().get(cell).shown("text/plain").getFirst();
      assertTrue(text.contains("ObjectRef("), text);
    }
    sandbox.run(PythonEnvironment.python(), "-m", "nbconvert", "--to", "html", file).succeeded();
    Path html = file.resolveSibling("inline.html");
    window.navigate(html.toUri().toString());
    String page = window.locator("body").innerText();
    for (String words :
        List.of("8 × held", "7 finished", "1 failed", "995 more not shown", "CPU slots")) {
      assertTrue(page.contains(words), () -> words + " is not in: " + page);
    }
    window.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Project.TARGET.resolve("screenshots/inline-nbconvert.png")));
  }
}
