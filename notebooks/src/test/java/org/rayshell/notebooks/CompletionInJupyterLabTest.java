package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Completion in JupyterLab, by the keyboard alone. */
class CompletionInJupyterLabTest {
  private static final int CELL = 0;

  @Test
  void aTypeThatIsChosenIsImportedWhenTheCellRuns() throws Exception {
    try (Sandbox sandbox = new Sandbox("completion").withKernel()) {
      Path folder = sandbox.make("notebooks");
      Path file = new Draft().cell("").write(folder.resolve("completion.ipynb"));
      try (JupyterServer lab = JupyterServer.start(JupyterServer.App.LAB, sandbox, folder);
          Browser browser = Browser.start()) {
        LabPage page = new LabPage(browser.page());
        page.open(lab.page("completion.ipynb"));
        page.kernelIdle();
        page.edit(CELL);
        page.type("new DateTimeFormatterB");
        page.offers("DateTimeFormatterBuilder");
        page.press("Enter");
        page.type("().appendLiteral(\"a\").appendLiteral(new CRC3");
        page.offers("CRC32", "CRC32C");
        page.screenshot("completion", CELL);
        page.press("Enter");
        page.type("().getValue() + \"\").toFormatter()");
        page.press("Control+Enter");
        page.shows(CELL, "import java.time.format.DateTimeFormatterBuilder; was added");
        page.shows(CELL, "import java.util.zip.CRC32; was added");
        page.shows(CELL, "'a''0'");
        page.screenshot("completion-imported", CELL);
        page.save();
        assertEquals(
            "new DateTimeFormatterBuilder().appendLiteral(\"a\").appendLiteral(new"
                + " CRC32().getValue() + \"\").toFormatter()",
            Notebook.read(file).cells().get(CELL).source());
      }
    }
  }
}
