package org.rayshell.notebooks;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.rayshell.cluster.testing.Clone;

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

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;

  private Browser(Playwright playwright, com.microsoft.playwright.Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** An installed one, or else Playwright's own, or else the distribution's where we are root. */
  static Browser start() throws IOException {
    Optional<Path> installed = installed();
    if (installed.isPresent()) {
      return launch(installed);
    }
    try (var _ = Clone.lock("browser")) {
      return fetched();
    }
  }

  private static Browser fetched() throws IOException {
    Optional<Path> installed = installed();
    if (installed.isPresent()) {
      return launch(installed);
    }
    boolean root = SystemPackages.mayInstall();
    List<String> command = new ArrayList<>();
    command.addAll(List.of(JAVA, "-cp", CLASS_PATH, "com.microsoft.playwright.CLI"));
    command.addAll(List.of("install", "--only-shell", "chromium"));
    if (root) {
      command.add("--with-deps");
    }
    Outcome download = SystemPackages.run(command);
    String why;
    try {
      return launch(Optional.empty());
    } catch (PlaywrightException e) {
      why = e.getMessage();
    }
    if (root) {
      Outcome apt = SystemPackages.install("chromium");
      installed = installed();
      if (installed.isPresent()) {
        return launch(installed);
      }
      why = apt.toString();
    }
    throw new AssertionError(
        "no browser for this test: install Chromium or Chrome. " + why + "\n" + download);
  }

  private static Browser launch(Optional<Path> executable) {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    try {
      BrowserType.LaunchOptions options =
          new BrowserType.LaunchOptions().setHeadless(true).setArgs(ARGUMENTS);
      executable.ifPresent(options::setExecutablePath);
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

  /** A new window, as tall as a long notebook. Assertions wait half a minute for a busy machine. */
  Page page() {
    PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
    return browser.newPage(
        new com.microsoft.playwright.Browser.NewPageOptions().setViewportSize(1280, 1000));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
