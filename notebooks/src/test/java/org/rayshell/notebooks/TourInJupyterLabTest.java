package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The tour as people work through it: in JupyterLab, in a browser. */
class TourInJupyterLabTest {
  private static final String REF = "ObjectRef\\([0-9a-f]{56}\\)";

  @Test
  void runsAndSurvivesAReload() throws Exception {
    try (Sandbox sandbox = new Sandbox("lab").withKernel()) {
      Path folder = sandbox.make("notebooks");
      Path tour = folder.resolve("tour.ipynb");
      Notebook.copyWithoutOutputs(Project.TOUR, tour);
      Path images = sandbox.make("notebooks/images");
      for (String image : List.of("ownership.svg", "life-of-a-task.svg")) {
        Files.copy(Project.TOUR.resolveSibling("images").resolve(image), images.resolve(image));
      }
      try (JupyterServer lab = JupyterServer.start(JupyterServer.App.LAB, sandbox, folder);
          Browser browser = Browser.start()) {
        LabPage page = new LabPage(browser.page());
        Notebook notebook = Notebook.read(tour);
        page.open(lab.page("tour.ipynb"));
        page.kernelIdle();
        page.choose("Run", "runmenu:run-all");
        page.allRan(notebook.code().size());
        page.screenshot("tour-list", index(notebook, "loop"));
        page.screenshot("tour-report", index(notebook, "ray-primes"));
        assertEquals(List.of(), page.brokenImages());
        outputs(notebook, page);
        page.save();
        page.reload();
        outputs(notebook, page);
        page.screenshot("tour-reloaded", index(notebook, "loop"));
      }
    }
  }

  private static int index(Notebook notebook, String id) {
    return notebook.cell(id).index();
  }

  private static void outputs(Notebook notebook, LabPage page) {
    List<Executable> checks =
        List.of(
            () -> shows(notebook, page, "init", "CPU(?s:.*)GB"),
            () -> shows(notebook, page, "plain-call", "42"),
            () -> shows(notebook, page, "remote-call", REF + "|ObjectRef\\W+[0-9a-f]{8}"),
            () -> shows(notebook, page, "remote-call", "CPU times: user .*\nWall time: "),
            () -> shows(notebook, page, "get", "42"),
            () -> shows(notebook, page, "loop", "0\n1\n2\n3\n"),
            () -> shows(notebook, page, "loop", "4 finished"),
            () -> shows(notebook, page, "loop-get", "\\d\n\\d\n\\d\n\\d\nCPU times"),
            () -> shows(notebook, page, "loop-again", "4 finished"),
            () -> shows(notebook, page, "stream", "4 finished"),
            () -> shows(notebook, page, "stream-get", "\\[\\d, \\d, \\d, \\d\\]"),
            () -> shows(notebook, page, "stream-again", "4 finished"),
            () -> shows(notebook, page, "stream-get-again", "\\[\\d, \\d, \\d, \\d\\]"),
            () -> shows(notebook, page, "ray-loop", "4 tasks on \\d+ workers?"),
            () -> shows(notebook, page, "ray-stream", "4 tasks on \\d+ workers?"),
            () -> shows(notebook, page, "ray-trap", "4 tasks on \\d+ workers?"),
            () -> shows(notebook, page, "ray-primes", "8 tasks on \\d+ workers?(?s:.*)148933"));
    assertAll(checks);
    for (Notebook.Cell cell : notebook.code()) {
      assertEquals(
          0,
          page.outputs(cell.index()).filter(error()).count(),
          () -> cell.id() + ": " + page.output(cell.index()));
    }
  }

  private static com.microsoft.playwright.Locator.FilterOptions error() {
    return new com.microsoft.playwright.Locator.FilterOptions()
        .setHasText(Pattern.compile("Exception|Traceback"));
  }

  private static void shows(Notebook notebook, LabPage page, String id, String pattern) {
    Pattern expected = Pattern.compile(pattern);
    String text = page.output(index(notebook, id), expected);
    assertTrue(expected.matcher(text).find(), () -> id + " shows " + text);
    assertFalse(text.contains("[object Object]"), text);
  }
}
