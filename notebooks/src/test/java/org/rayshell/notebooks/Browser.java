package org.rayshell.notebooks;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A Chromium without a screen, with a profile of its own. Confined to one thread. */
final class Browser implements AutoCloseable {
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private static final List<Path> MAC =
      List.of(
          Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"),
          Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"));

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;

  private Browser(Playwright playwright, com.microsoft.playwright.Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** An installed one, or else Playwright's own, or else the distribution's where we are root. */
  static Browser start() throws IOException {
    Optional<Path> installed = installed();
    if (installed.isEmpty() && !isPlaywrightsInstalled()) {
      try (Sandbox sandbox = new Sandbox("browser")) {
        sandbox
            .run(
                "bash",
                "-c",
                "apt-get install -y chromium || { apt-get update && apt-get install -y chromium; }")
            .succeeded();
      }
      installed = installed();
    }
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    try {
      BrowserType.LaunchOptions options =
          new BrowserType.LaunchOptions().setHeadless(true).setArgs(ARGUMENTS);
      installed.ifPresent(options::setExecutablePath);
      return new Browser(playwright, playwright.chromium().launch(options));
    } catch (PlaywrightException e) {
      playwright.close();
      throw e;
    }
  }

  private static Optional<Path> installed() {
    Stream<Path> onPath =
        Stream.of(System.getenv("PATH").split(":"))
            .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
    return Stream.concat(onPath, MAC.stream()).filter(Files::isExecutable).findFirst();
  }

  /** Downloads Playwright's browser if it is not there; false if that is not possible. */
  private static boolean isPlaywrightsInstalled() {
    try (Playwright playwright = Playwright.create()) {
      return Files.isExecutable(Path.of(playwright.chromium().executablePath()));
    } catch (PlaywrightException _) {
      return false;
    }
  }

  /** A new window, as tall as a long notebook. */
  Page page() {
    return browser.newPage(
        new com.microsoft.playwright.Browser.NewPageOptions().setViewportSize(1280, 1000));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
