package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Notebook 7, whose page has one notebook and no more. */
class Notebook7Test {
  @Test
  void runsCompletesAndInterrupts() throws Exception {
    try (Sandbox sandbox = new Sandbox("notebook-7").withKernel()) {
      Path folder = sandbox.make("notebooks");
      new Draft()
          .cell("record Point(int x, int y) {}\nSystem.out.println(\"printed\");\nnew Point(3, 4)")
          .cell("display(\"<b id='bold'>bold</b>\", \"text/html\");")
          .cell("System.out.println(\"on\"); while (true) {}")
          .cell("")
          .cell(
              "@Remote int nap(int ms) throws Exception { Thread.sleep(ms); return ms; }\n"
                  + "IntStream.range(0, 3).mapToObj(i -> nap.remote(400 + i)).toList()")
          .write(folder.resolve("small.ipynb"));
      try (JupyterServer server = JupyterServer.start(JupyterServer.App.NOTEBOOK, sandbox, folder);
          Browser browser = Browser.start()) {
        Page window = browser.page();
        LabPage page = new LabPage(window);
        page.open(server.page("small.ipynb"));
        status(window, "idle");
        runs(window, 0);
        page.shows(0, "Point[x=3, y=4]");
        assertTrue(page.output(0).contains("printed"), page.output(0));
        runs(window, 1);
        window.locator(".jp-OutputArea-output b").waitFor();
        assertEquals("bold", page.output(1).strip());

        runs(window, 2);
        page.shows(2, "on");
        status(window, "busy");
        // Twice i in command mode interrupts.
        window.keyboard().press("Escape");
        window.keyboard().press("i");
        window.keyboard().press("i");
        status(window, "idle");

        code(window, 3).click();
        window.keyboard().type("new Point(3, 4).hash");
        window.keyboard().press("Tab");
        window.locator(".jp-Completer-item").filter(text("hashCode()")).waitFor();
        window.keyboard().press("Enter");
        window.locator(".cm-content:has-text('hashCode(')").waitFor();
        window.keyboard().press("ControlOrMeta+A");
        window.keyboard().type("\"a\".substring(0, ");
        window.keyboard().press("Shift+Tab");
        window
            .locator(".jp-Tooltip-content")
            .filter(text("String substring(int beginIndex, int endIndex)"))
            .waitFor();
        window.keyboard().press("Escape");
        // The page leaves the cell, too.
        window.keyboard().press("Enter");
        window.keyboard().press("ControlOrMeta+A");
        window.keyboard().type("new Point(5, 6).y()");
        window.keyboard().press("Shift+Enter");
        page.shows(3, "6");
        runs(window, 4);
        page.shows(4, "3 finished");
        assertTrue(page.output(4).contains("int 402"), page.output(4));
        page.screenshot("notebook-7", 4);
      }
    }
  }

  private static Locator.FilterOptions text(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static Locator code(Page window, int cell) {
    return window.locator(".jp-Notebook .jp-Cell").nth(cell).locator(".cm-content");
  }

  private static void runs(Page window, int cell) {
    code(window, cell).click();
    window.keyboard().press("Shift+Enter");
  }

  /**
   * Waits for the kernel's status. The page shows idle also before it is connected, and then runs
   * nothing.
   */
  private static void status(Page window, String status) {
    window.waitForFunction(
        "status => { const kernel ="
            + " window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;"
            + " return kernel?.connectionStatus === 'connected' && kernel.status === status; }",
        status);
  }
}
