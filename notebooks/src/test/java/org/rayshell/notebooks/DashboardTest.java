package org.rayshell.notebooks;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;
import org.rayshell.RayOptions;
import org.rayshell.RayTaskException;

/** The dashboard of a real session, in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardTest {
  private static final List<String> PAGES = List.of("", "tasks", "workers", "objects", "logs");

  private final List<ObjectRef<?>> refs = new ArrayList<>();
  private Browser browser;
  private DashboardPage dashboard;

  static int square(int n) {
    System.out.println("squaring " + n);
    return n * n;
  }

  static int identity(int n) {
    return n;
  }

  static int boom(int n) {
    return 1 / n;
  }

  static int sleeps() throws InterruptedException {
    Thread.sleep(600_000);
    return 0;
  }

  static int crash(int code) {
    Runtime.getRuntime().halt(code);
    return 0;
  }

  @BeforeAll
  void startBrowser() throws Exception {
    browser = Browser.start();
  }

  @AfterAll
  void closeBrowser() {
    browser.close();
  }

  @BeforeEach
  void startSession() {
    Ray.init(RayOptions.create().numCpus(2).dashboardPort(0));
    dashboard = new DashboardPage(browser.page(), Ray.dashboardUrl());
  }

  @AfterEach
  void close() {
    Ray.shutdown();
    refs.clear();
    dashboard.page().close();
    assertEquals(List.of(), dashboard.errors);
  }

  /** Some tasks that have ended, one of them badly, and values. */
  private void work() {
    List<ObjectRef<Integer>> squares =
        IntStream.range(0, 8).mapToObj(n -> Ray.task(DashboardTest::square, n).remote()).toList();
    Ray.get(squares);
    ObjectRef<Integer> failing = Ray.task(DashboardTest::boom, 0).remote();
    assertThrows(RayTaskException.class, failing::get);
    refs.addAll(squares);
    refs.add(failing);
    refs.add(Ray.put(new double[1000]));
  }

  private String failing() {
    return refs.get(8).id().substring(0, 48);
  }

  @Test
  void theOverviewShowsTheSessionAndFollowsIt() {
    dashboard.open("");
    assertThat(dashboard.at("#empty")).containsText("No tasks yet");
    assertThat(dashboard.at("#empty code")).containsText("square.remote(7)");
    work();
    assertThat(dashboard.at("#total .big")).hasText("9 of 9 done");
    assertThat(dashboard.at("#total .legend")).containsText("1 failed");
    assertThat(dashboard.at("#cpu .big")).hasText("0 of 2 busy");
    assertThat(dashboard.at("#store .sub")).hasText("9 objects");
    assertThat(dashboard.at("#latest tbody tr")).hasCount(9);
    assertThat(dashboard.at("#latest tbody tr").first())
        .containsText("ArithmeticException: / by zero");
    assertThat(dashboard.at("#said")).hasText("9 of 9 done, 1 failed");
    assertThat(dashboard.at("#alert")).hasText("1 task failed");
    assertThat(dashboard.at(".bar").first()).hasAttribute("title", Pattern.compile("ran .*, CPU"));
    dashboard.screenshot("dashboard-overview");
    dashboard.at("#asTable").click();
    // Short runs side by side are one bar.
    assertThat(dashboard.at("#bars tbody tr").first())
        .containsText(Pattern.compile("boom|[0-9] tasks"));
    assertThat(dashboard.at("#bars tbody")).containsText("failed");
    dashboard.page().reload();
    assertThat(dashboard.at("#total .big")).hasText("9 of 9 done");
  }

  @Test
  void rowsKeepFocusAndDrawerWhileOthersCome() {
    work();
    dashboard.open("tasks");
    dashboard.at("#taskTable tbody tr").first().focus();
    dashboard.press("Enter");
    dashboard.waitForPath("tasks/" + failing());
    assertThat(dashboard.at("#drawer")).containsText("int 0");
    assertThat(dashboard.at("#drawer pre").first())
        .containsText("java.lang.ArithmeticException: / by zero\n\tat ");
    assertThat(dashboard.at("#drawerTitle")).isFocused();
    refs.add(Ray.task(DashboardTest::sleeps).remote());
    assertThat(dashboard.at("#taskTable tbody tr").nth(1)).containsText("running");
    assertThat(dashboard.at("#drawerTitle")).isFocused();
    dashboard.press("Escape");
    dashboard.waitForPath("tasks");
    assertThat(dashboard.at("#drawer")).isHidden();
    assertThat(dashboard.at("#taskTable tbody tr").first()).isFocused();
    dashboard.press("ArrowDown");
    assertThat(dashboard.at("#taskTable tbody tr").nth(1)).isFocused();
    refs.add(Ray.task(DashboardTest::boom, 0).remote());
    assertThat(dashboard.at("#taskTable tbody tr")).hasCount(11);
    Ray.cancel(refs.get(10));
    assertThat(dashboard.at("#taskTable tbody tr:focus")).containsText("cancelled");
  }

  @Test
  void theAddressTellsWhatIsShown() {
    work();
    dashboard.open("");
    for (int i = 1; i < PAGES.size(); i++) {
      dashboard.press(Integer.toString(i + 1));
      dashboard.waitForPath(PAGES.get(i));
    }
    assertThat(dashboard.at("#lines")).containsText("squaring 0");
    dashboard.page().goBack();
    dashboard.waitForPath("objects");
    assertThat(dashboard.at("#objectTable tbody tr").first()).containsText("double[1000]");
    dashboard.page().goBack();
    assertThat(dashboard.at("#workerTable tbody tr")).hasCount(2);
    dashboard.page().goForward();
    dashboard.waitForPath("objects");
    dashboard.press("/");
    dashboard.waitForPath("tasks");
    assertThat(dashboard.at("#filter")).isFocused();
    dashboard.page().keyboard().type("boom");
    assertThat(dashboard.at("#taskTable tbody tr")).hasCount(1);
    dashboard.page().reload();
    dashboard.waitForPath("tasks?q=boom");
    assertThat(dashboard.at("#taskTable tbody tr")).hasCount(1);
    assertThat(dashboard.at("#filter")).hasValue("boom");
    dashboard.open("tasks?state=cancelled");
    assertThat(dashboard.at("#noTask")).containsText("No cancelled tasks");
    dashboard.at("#noTask button").click();
    assertThat(dashboard.at("#taskTable tbody tr")).hasCount(9);
    dashboard.at("#taskTable th button:text-is('ran')").click();
    dashboard.waitForPath("tasks?sort=-ran");
    assertThat(dashboard.at("#taskTable th[aria-sort=descending]")).hasText("ran");
    dashboard.open("tasks?by=function");
    assertThat(dashboard.at("#functionTable tbody tr")).hasCount(2);
    dashboard.screenshot("dashboard-functions");
    dashboard.open("tasks/" + "ab".repeat(24));
    assertThat(dashboard.at("#drawer")).containsText("No such task");
  }

  @Test
  void itIsLegibleNarrowAndDark() {
    work();
    dashboard.page().setViewportSize(360, 800);
    for (String path :
        List.of(
            "", "tasks", "tasks/" + failing(), "tasks?by=function", "workers", "objects", "logs")) {
      dashboard.open(path);
      assertEquals(0, dashboard.sideways(), path);
      dashboard.screenshot("dashboard-360-" + path.replaceAll("[/?=].*", ""));
    }
    dashboard.colours(ColorScheme.DARK);
    dashboard.page().setViewportSize(1280, 900);
    dashboard.open("tasks/" + failing());
    assertEquals(
        "rgb(21, 23, 26)",
        dashboard.page().evaluate("getComputedStyle(document.body).backgroundColor"));
    dashboard.screenshot("dashboard-dark");
  }

  @Test
  void everybodyCanUseIt() throws Exception {
    dashboard.open("");
    assertThat(dashboard.at("#empty")).isVisible();
    assertEquals(List.of(), Axe.findings(dashboard.page()), "empty");
    work();
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      dashboard.colours(scheme);
      for (String path :
          List.of(
              "",
              "tasks",
              "tasks/" + failing(),
              "tasks?by=function",
              "tasks?q=none",
              "workers",
              "objects",
              "logs")) {
        dashboard.open(path);
        assertThat(
                dashboard.at("section.page:not([hidden]) :is(tbody tr, .line, #noTask p)").first())
            .isVisible();
        assertEquals(List.of(), Axe.findings(dashboard.page()), path + " " + scheme);
      }
    }
    Ray.shutdown();
    dashboard.is("Stopped");
    assertEquals(List.of(), Axe.findings(dashboard.page()), "stopped");
  }

  @Test
  void theEndIsToldWithTheFinalFiguresAndANewSessionFollows() {
    int port = URI.create(Ray.dashboardUrl()).getPort();
    dashboard.open("");
    work();
    Ray.shutdown();
    dashboard.is("Stopped");
    assertThat(dashboard.at("#banner"))
        .containsText(Pattern.compile("Ray was shut down at [\\d:]+\\. 9 tasks ran .* 1 failed"));
    assertThat(dashboard.at("#death")).isHidden();
    assertThat(dashboard.at("#total .big")).hasText("9 of 9 done");
    dashboard.screenshot("dashboard-stopped");
    Ray.init(RayOptions.create().numCpus(1).dashboardPort(port));
    dashboard.is("Live");
    assertThat(dashboard.at("#banner")).isHidden();
    assertThat(dashboard.at("#empty")).isVisible();
  }

  @Test
  void aWorkersDeathIsToldWithItsLog() {
    ObjectRef<Integer> ref =
        Ray.task(DashboardTest::crash, 7).options(o -> o.maxRetries(0)).remote();
    assertThrows(org.rayshell.WorkerCrashedException.class, ref::get);
    dashboard.open("");
    assertThat(dashboard.at("#death"))
        .containsText(Pattern.compile("Worker \\d+ died \\(exit code 7\\)"));
    dashboard.at("#death a").click();
    assertThat(dashboard.at("#logFile")).hasValue("err");
    dashboard.at("#death button").click();
    assertThat(dashboard.at("#death")).isHidden();
  }

  @Test
  void belowAProxysPathItWorksAndLossOfContactIsSeen() throws Exception {
    work();
    PathProxy proxy = new PathProxy(Ray.dashboardUrl(), "/user/x/proxy/8265/", false);
    try (proxy) {
      DashboardPage below = new DashboardPage(dashboard.page(), proxy.address());
      below.open("tasks/" + failing());
      assertThat(below.at("#drawer")).containsText("ArithmeticException");
      below.press("3");
      below.waitForPath("workers");
      below.at("#nav a").first().click();
      below.waitForPath("");
      assertThat(below.at("#total .big")).hasText("9 of 9 done");
      refs.add(Ray.task(DashboardTest::square, 9).remote());
      assertThat(below.at("#total .big")).hasText("10 of 10 done");
    }
    dashboard.is("No contact");
    assertThat(dashboard.at("#banner"))
        .containsText("Trying again every 2 s. The figures below are from then.");
    assertThat(dashboard.at("#total .big")).hasText("10 of 10 done");
    assertThat(dashboard.at("#again")).isVisible();
    assertEquals(List.of(), Axe.findings(dashboard.page()));
    dashboard.screenshot("dashboard-lost");
  }

  @Test
  void whereNoStreamComesThroughItAsks() throws Exception {
    try (PathProxy proxy = new PathProxy(Ray.dashboardUrl(), "/", true)) {
      DashboardPage asking = new DashboardPage(dashboard.page(), proxy.address());
      asking.open("");
      work();
      assertThat(asking.at("#total .big")).hasText("9 of 9 done");
    }
  }

  @Test
  void itStandsStillWhilePaused() {
    dashboard.open("");
    dashboard.at("#pause").click();
    dashboard.is("Paused");
    work();
    assertThat(dashboard.at("#empty")).isVisible();
    dashboard.at("#pause").click();
    assertThat(dashboard.at("#total .big")).hasText("9 of 9 done");
  }

  @Test
  void whatItWaitsForIsOutlined() {
    List<Route> held = new ArrayList<>();
    dashboard.page().route("**/api/v1/**", held::add);
    dashboard.page().navigate(Ray.dashboardUrl());
    assertThat(dashboard.at("#skeleton")).isVisible();
    dashboard.page().unroute("**/api/v1/**");
    held.forEach(Route::resume);
    dashboard.is("Live");
    assertThat(dashboard.at("#skeleton")).isHidden();
    assertThat(dashboard.at("#empty")).isVisible();
  }

  @Test
  void aStoreThatGetsFullIsWarnedOf() {
    Ray.shutdown();
    Ray.init(RayOptions.create().numCpus(1).dashboardPort(0).objectStoreMemory(70_000_000));
    DashboardPage small = new DashboardPage(dashboard.page(), Ray.dashboardUrl());
    refs.add(Ray.put(new byte[50_000_000]));
    small.open("objects");
    assertThat(small.at("#objectsSum")).containsText("1 object, 50.0 MB of 70.0 MB");
    assertThat(small.at("#storeFull")).isHidden();
    refs.add(Ray.put(new byte[10_000_000]));
    assertThat(small.at("#storeFull")).containsText("86 % full");
    assertThat(small.at("#storeFull")).containsText("Ray.free");
  }

  @Test
  void aHundredThousandTasksKeepItQuick() {
    ObjectRef<Integer> last = null;
    for (int i = 0; i < 100_000; i++) {
      last = Ray.task(DashboardTest::identity, i).remote();
    }
    dashboard.open("tasks");
    last.get();
    assertThat(dashboard.at("#range"))
        .containsText("older ones dropped: 10,000 of 100,000 tasks listed");
    assertThat(dashboard.at("#taskTable tbody tr")).hasCount(100);
    dashboard.at("#next").click();
    dashboard.waitForPath("tasks?cursor=100");
    assertThat(dashboard.at("#range")).containsText("101–200 of 10,000");
    dashboard.open("tasks?by=function");
    assertThat(dashboard.at("#functionTable tbody tr")).containsText("100,000");
    dashboard.open("?window=0");
    assertThat(dashboard.at("#total .big")).hasText("100,000 of 100,000 done");
    dashboard.screenshot("dashboard-many");
    int nodes =
        ((Number) dashboard.page().evaluate("document.querySelectorAll('*').length")).intValue();
    assertTrue(nodes < 5_000, "nodes=" + nodes);
  }
}
