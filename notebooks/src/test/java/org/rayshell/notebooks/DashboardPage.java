package org.rayshell.notebooks;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The dashboard as a browser shows it. Confined to one thread. */
final class DashboardPage {
  private final Page page;
  private final String root;

  /** Errors of the page's scripts. */
  final List<String> errors = new ArrayList<>();

  DashboardPage(Page page, String root) {
    this.page = page;
    this.root = root.endsWith("/") ? root : root + "/";
    page.onPageError(errors::add);
  }

  Page page() {
    return page;
  }

  /** Goes to a path of the dashboard, and waits until it is live. */
  DashboardPage open(String path) {
    page.navigate(root + path);
    is("Live");
    return this;
  }

  /** Waits until the contact is in that state. */
  void is(String word) {
    assertThat(page.locator("#liveWord")).hasText(word);
  }

  Locator at(String selector) {
    return page.locator(selector);
  }

  /** The path that the address bar shows, behind the root. */
  String path() {
    return page.url().substring(root.length());
  }

  void waitForPath(String path) {
    page.waitForCondition(() -> path().equals(path));
  }

  void press(String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
  }

  void colours(ColorScheme scheme) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
  }

  /** How far the page can be scrolled sideways. */
  int sideways() {
    return ((Number)
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .intValue();
  }

  void screenshot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of(Project.TARGET.toString(), "screenshots", name + ".png")));
  }
}
