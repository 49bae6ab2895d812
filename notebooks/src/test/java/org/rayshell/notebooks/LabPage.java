package org.rayshell.notebooks;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** A notebook as JupyterLab shows it. Confined to one thread. */
final class LabPage {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** What JupyterLab makes without names: pictures, which it gives no alt, and widgets' sliders. */
  private static final List<String> NAMELESS = List.of(".jp-RenderedImage img", ".noUi-handle");

  private final Page page;

  LabPage(Page page) {
    this.page = page;
    page.setDefaultTimeout(60_000);
  }

  /** Opens the notebook and waits for its cells. */
  void open(String address) {
    page.navigate(address);
    ready();
  }

  void reload() {
    page.reload();
    ready();
  }

  /** Shows everything in JupyterLab's dark theme from now on; loads the page anew. */
  void dark(Sandbox sandbox) throws IOException {
    sandbox.setting("apputils-extension", "themes", "{\"theme\": \"JupyterLab Dark\"}");
    reload();
    page.waitForFunction("document.body.dataset.jpThemeLight === 'false'");
  }

  /** Waits until a cell asks for a line, and gives it that. */
  void answer(String line) {
    Locator field = page.locator(".jp-Stdin-input").first();
    field.waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE.toMillis()));
    field.fill(line);
    field.press("Enter");
  }

  /** What axe finds in the outputs of the notebook as they are now. */
  List<?> findings() throws IOException {
    return findings("");
  }

  /** What axe finds in those outputs of the notebook that the rest of a selector is about. */
  List<?> findings(String which) throws IOException {
    // JupyterLab's body has no height and hides what is beyond: axe would see no text at all.
    page.evaluate("document.body.style.height = '100vh'");
    return Axe.findings(page, ".jp-OutputArea-output" + which, NAMELESS);
  }

  /** Waits for the cells of the page that is being opened. */
  void ready() {
    page.locator(".jp-Notebook .jp-Cell").first().waitFor();
    page.locator("#jupyterlab-splash")
        .waitFor(
            new Locator.WaitForOptions()
                .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
  }

  /** Waits until a kernel is connected and idle. */
  void kernelIdle() {
    page.locator("#jp-main-statusbar").getByText("| Idle").waitFor();
  }

  /** Chooses the entry of the menu. */
  void choose(String menu, String command) {
    page.locator("#jp-MainMenu .lm-MenuBar-item")
        .filter(new Locator.FilterOptions().setHasText(menu))
        .first()
        .click();
    page.locator(".lm-Menu-item[data-command='" + command + "']").first().click();
  }

  /** Waits until so many code cells carry a number: they have run. */
  void allRan(int cells) {
    try {
      page.waitForFunction(
          "n => [...document.querySelectorAll('.jp-CodeCell .jp-InputArea-prompt')]"
              + ".filter(p => /\\[\\d+\\]/.test(p.textContent)).length >= n",
          cells,
          new Page.WaitForFunctionOptions().setTimeout(PATIENCE.toMillis()));
    } catch (TimeoutError e) {
      screenshot("timeout", 0);
      throw e;
    }
  }

  /** Runs the cell at the index. */
  void run(int cell) {
    edit(cell);
    page.keyboard().press("Control+Enter");
  }

  /** Puts the cursor into the cell at the index. */
  void edit(int cell) {
    editor(cell).click();
  }

  private Locator editor(int cell) {
    return page.locator(".jp-Notebook .jp-Cell").nth(cell).locator(".cm-content");
  }

  /** Asks for completions at the cursor; waits until these are what the list has. */
  void offers(String... texts) {
    // Until then the key would indent.
    page.locator(".jp-mod-completer-enabled .cm-focused").waitFor();
    press("Tab");
    PlaywrightAssertions.assertThat(page.locator(".jp-Completer-match")).hasText(texts);
  }

  /** Presses a key, where the focus is. */
  void press(String key) {
    page.keyboard().press(key);
  }

  /** Types a text, where the focus is. */
  void type(String text) {
    page.keyboard().type(text);
  }

  void save() {
    page.keyboard().press("Control+s");
    page.locator(".lm-TabBar-tab.jp-mod-current.jp-mod-dirty")
        .waitFor(
            new Locator.WaitForOptions()
                .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
  }

  /** The text of the outputs of the cell at the index, as a reader sees it. */
  String output(int cell) {
    return String.join(
        "\n",
        page.locator(".jp-Notebook .jp-Cell")
            .nth(cell)
            .locator(".jp-OutputArea-output")
            .allInnerTexts());
  }

  /**
   * The text of the outputs of the cell, once the pattern is found in it or there is no more hope:
   * a display that is updated is empty for a moment.
   */
  String output(int cell, Pattern expected) {
    try {
      page.waitForCondition(() -> expected.matcher(output(cell)).find());
    } catch (TimeoutError _) {
      screenshot("timeout", cell);
    }
    return output(cell);
  }

  /** The elements in the outputs of the cell. */
  Locator outputs(int cell) {
    return page.locator(".jp-Notebook .jp-Cell").nth(cell).locator(".jp-OutputArea-output");
  }

  /** Waits until an output of the cell has the text. */
  void shows(int cell, String text) {
    try {
      outputs(cell).filter(new Locator.FilterOptions().setHasText(text)).first().waitFor();
    } catch (TimeoutError e) {
      screenshot("timeout", cell);
      throw e;
    }
  }

  /** Pictures that did not load. */
  List<?> brokenImages() {
    return (List<?>)
        page.evaluate(
            "[...document.querySelectorAll('.jp-Notebook img')]"
                + ".filter(i => !(i.complete && i.naturalWidth)).map(i => i.src)");
  }

  void screenshot(String name, int cell) {
    Locator at = page.locator(".jp-Notebook .jp-Cell").nth(cell);
    at.scrollIntoViewIfNeeded();
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of(Project.TARGET.toString(), "screenshots", name + ".png")));
  }
}
