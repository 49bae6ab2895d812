package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/**
 * The notebooks beside the tour as people work through them: in JupyterLab, side by side, each run
 * from top to bottom and saved. What is saved is checked cell by cell, what is seen as a whole.
 */
class NotebooksInJupyterLabTest {
  private static final List<String> NAMES =
      NotebookChecks.NOTEBOOKS.stream().filter(each -> !each.equals("tour")).toList();

  @TestFactory
  Stream<DynamicContainer> runAndAreSaved() throws Exception {
    Map<String, Notebook> saved = new LinkedHashMap<>();
    try (Sandbox sandbox = new Sandbox("notebooks-lab").withKernel()) {
      Path folder = sandbox.make("notebooks");
      copyInto(folder);
      try (JupyterServer lab = JupyterServer.start(JupyterServer.App.LAB, sandbox, folder);
          Browser browser = Browser.start()) {
        Map<String, LabPage> pages = new LinkedHashMap<>();
        for (String name : NAMES) {
          LabPage page = new LabPage(browser.page());
          page.open(lab.page(name + ".ipynb", name));
          page.kernelIdle();
          page.choose("Run", "runmenu:run-all");
          pages.put(name, page);
        }
        // Only this one asks.
        pages.get("plain-java").answer("Ada");
        for (String name : NAMES) {
          Path file = folder.resolve(name + ".ipynb");
          LabPage page = pages.get(name);
          page.allRan(Notebook.read(file).code().size());
          page.save();
          saved.put(name, Notebook.read(file));
          looksRight(name, page, saved.get(name), "");
        }
        for (String name : NAMES) {
          pages.get(name).dark(sandbox);
          looksRight(name, pages.get(name), saved.get(name), "-dark");
        }
      }
    }
    return saved.entrySet().stream()
        .map(each ->
            DynamicContainer.dynamicContainer(
                each.getKey(), NotebookChecks.of(each.getKey(), each.getValue())));
  }

  private static void copyInto(Path folder) throws IOException {
    for (String name : NAMES) {
      Notebook.copyWithoutOutputs(Project.notebook(name), folder.resolve(name + ".ipynb"));
    }
    Path images = Project.ROOT.resolve("notebooks/images");
    Files.createDirectory(folder.resolve("images"));
    try (Stream<Path> all = Files.list(images)) {
      for (Path each : all.toList()) {
        Files.copy(each, folder.resolve("images").resolve(each.getFileName()));
      }
    }
  }

  /** The page shows every picture, each error to its end, and nothing that is hard to read. */
  private static void looksRight(String name, LabPage page, Notebook saved, String suffix)
      throws IOException {
    for (Notebook.Cell cell : saved.code()) {
      if (cell.failed()) {
        page.shows(cell.index(), cell.shows().strip().lines().toList().getLast().strip());
        page.screenshot(name + "-" + cell.id() + suffix, cell.index());
      }
    }
    assertEquals(List.of(), page.brokenImages(), name);
    assertEquals(List.of(), page.findings(), name + suffix);
  }
}
