package org.rayshell.notebooks;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * From JupyterLab to the dashboard by the real jupyter-server-proxy, and from there back to the
 * cell.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JupyterProxyTest {
  private static final String NOTEBOOK = "my work/far away #1.ipynb";
  private static final String LINK = "my%20work/far%20away%20%231.ipynb";
  private static final int ADDRESS = 2;

  /** Far below, so that who opens the notebook does not see it. */
  private static final int TASKS = 4;

  private Browser browser;

  @BeforeAll
  void startBrowser() throws Exception {
    browser = Browser.start();
  }

  @AfterAll
  void closeBrowser() {
    browser.close();
  }

  private static Draft draft(Path gate) {
    return new Draft()
        .cell("Ray.init(RayOptions.create().numCpus(1).dashboardPort(0));")
        .cell(
            """
            @Remote int held(int i) throws Exception {
              System.out.println("held " + i);
              while (i > 2 && !Files.exists(Path.of("%s"))) Thread.sleep(10);
              return i;
            }\
            """
                .formatted(gate))
        .cell("Ray.dashboardUrl()")
        .cell("// far away\n".repeat(100))
        .cell("var refs = IntStream.range(0, 4).mapToObj(i -> held.remote(i)).toList();\nrefs");
  }

  /** Runs the notebook until so many tasks have ended. */
  private static LabPage run(JupyterServer lab, Page window, int tasks) {
    LabPage page = new LabPage(window);
    page.open(lab.page(LINK));
    page.kernelIdle();
    page.choose("Run", "runmenu:run-all");
    page.shows(TASKS, tasks + " finished");
    return page;
  }

  private static int port(LabPage page) {
    Matcher address = Pattern.compile("127\\.0\\.0\\.1:(\\d+)").matcher(page.output(ADDRESS));
    assertTrue(address.find(), page.output(ADDRESS));
    return Integer.parseInt(address.group(1));
  }

  private static Page opened(Page from, String address) {
    return from.waitForPopup(() -> from.evaluate("address => { open(address); }", address));
  }

  /** Follows the link to JupyterLab, and expects the cell in sight. */
  private static void leadsToTheCell(DashboardPage dashboard, Locator link, JupyterServer lab) {
    String address = lab.address() + "/lab/tree/" + LINK + "#cell-id=cell-" + TASKS;
    assertThat(link).isVisible();
    assertEquals(address, link.evaluate("a => a.href"));
    Page back = dashboard.page().waitForPopup(link::click);
    LabPage notebook = new LabPage(back);
    notebook.ready();
    assertThat(back.locator(".jp-Notebook .jp-Cell").nth(TASKS)).isInViewport();
    assertThat(back.locator(".jp-Notebook .jp-Cell").first()).not().isInViewport();
    back.close();
  }

  @Test
  void allPagesAreThereAndLive() throws Exception {
    try (Sandbox sandbox = new Sandbox("proxy").withKernel()) {
      Path folder = sandbox.make("notebooks");
      sandbox.make("notebooks/my work");
      Path gate = sandbox.folder().resolve("gate");
      draft(gate).write(folder.resolve(NOTEBOOK));
      try (JupyterServer lab = JupyterServer.start(JupyterServer.App.LAB, sandbox, folder);
          Page window = browser.page()) {
        int port = port(run(lab, window, 3));
        String root = lab.address() + "/proxy/" + port;
        List<String> asked = new CopyOnWriteArrayList<>();
        window.context().onRequest(request -> asked.add(request.url()));
        DashboardPage dashboard = new DashboardPage(opened(window, root), root);
        dashboard.is("Live");
        assertEquals(root, dashboard.page().url());
        assertThat(dashboard.at("#total .big")).containsText("3 of 4 done");
        dashboard.press("2");
        dashboard.waitForPath("tasks");
        assertThat(dashboard.at("#taskTable tbody tr")).hasCount(4);
        dashboard.press("3");
        assertThat(dashboard.at("#workerTable tbody")).containsText("held");
        dashboard.press("4");
        assertThat(dashboard.at("#objectTable tbody")).containsText("int");
        dashboard.press("5");
        assertThat(dashboard.at("#lines")).containsText("held 3");
        dashboard.press("1");
        Files.createFile(gate);
        assertThat(dashboard.at("#total .big")).hasText("4 of 4 done");
        assertFalse(
            asked.stream().anyMatch(url -> url.contains("api/v1/summary")),
            () -> "it asked instead of being told: " + asked);

        dashboard.at("#latest tbody a").first().click();
        assertThat(dashboard.at("#drawer")).containsText("held");
        dashboard.page().reload();
        dashboard.is("Live");
        leadsToTheCell(dashboard, dashboard.at("#drawer a[target]"), lab);
        dashboard.screenshot("proxy-task");
        dashboard.open("tasks?cell=5");
        leadsToTheCell(dashboard, dashboard.at("#cellPage"), lab);
        dashboard.colours(ColorScheme.DARK);
        dashboard.screenshot("proxy-tasks-dark");

        DashboardPage direct =
            new DashboardPage(dashboard.page(), "http://127.0.0.1:" + port).open("tasks?cell=5");
        // Another port is another origin: this page cannot see whether the notebook is there.
        leadsToTheCell(direct, direct.at("#cellPage"), lab);
        String tasks =
            (String) direct.page().evaluate("fetch('api/v1/tasks?cell=5').then(a => a.text())");
        assertTrue(tasks.contains("cell-" + TASKS), tasks);
        assertFalse(tasks.contains(lab.token()), "Jupyter's token is given away");
        assertEquals(List.of(), dashboard.errors);
        dashboard.page().close();
      }
    }
  }

  @Test
  void onAHubLinksInCellsLeadThroughIt() throws Exception {
    try (Sandbox sandbox = new Sandbox("hub").withKernel()) {
      sandbox.with("JUPYTERHUB_USER", "ann").with("JUPYTERHUB_SERVICE_PREFIX", "/user/ann/");
      Path folder = sandbox.make("notebooks");
      sandbox.make("notebooks/my work");
      Path gate = Files.createFile(sandbox.folder().resolve("gate"));
      draft(gate).write(folder.resolve(NOTEBOOK));
      try (JupyterServer lab =
              JupyterServer.start(
                  JupyterServer.App.LAB, sandbox, folder, "--ServerApp.base_url=/user/ann/");
          Page window = browser.page()) {
        LabPage page = run(lab, window, 4);
        String root = lab.address() + "/proxy/" + port(page);
        Locator link = page.outputs(TASKS).locator("tbody a").first();
        DashboardPage dashboard = new DashboardPage(window.waitForPopup(link::click), root);
        dashboard.is("Live");
        assertTrue(dashboard.path().matches("tasks/[0-9a-f]{48}"), dashboard.path());
        assertThat(dashboard.at("#drawer")).containsText("held");
        dashboard.page().reload();
        dashboard.is("Live");
        leadsToTheCell(dashboard, dashboard.at("#drawer a[target]"), lab);
        assertEquals(List.of(), dashboard.errors);
        dashboard.page().close();
      }
    }
  }
}
