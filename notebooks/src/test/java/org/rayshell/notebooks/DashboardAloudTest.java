package org.rayshell.notebooks;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;
import org.rayshell.RayOptions;
import org.rayshell.RayTaskException;

/**
 * The dashboard as a screen reader gets it: the tree of names and roles that the browser makes of
 * each page.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardAloudTest {
  private static final List<String> PAGES = List.of("", "tasks", "workers", "objects", "logs");

  private List<ObjectRef<Integer>> squares;
  private ObjectRef<Integer> failing;
  private Browser browser;
  private DashboardPage dashboard;

  @BeforeAll
  void work() throws Exception {
    browser = Browser.start();
    Ray.init(RayOptions.create().numCpus(1).dashboardPort(0));
    squares =
        IntStream.range(0, 3).mapToObj(n -> Ray.task(DashboardTest::square, n).remote()).toList();
    Ray.get(squares);
    failing = Ray.task(DashboardTest::boom, 0).remote();
    assertThrows(RayTaskException.class, failing::get);
    dashboard = new DashboardPage(browser.page(), Ray.dashboardUrl());
  }

  @AfterAll
  void close() {
    Ray.shutdown();
    browser.close();
    assertEquals(List.of(), dashboard.errors);
  }

  private void says(String selector, String tree) {
    assertThat(dashboard.at(selector)).matchesAriaSnapshot(tree);
  }

  @Test
  void everyPageHasLandmarksOneTitleAndTheState() {
    for (String path : PAGES) {
      dashboard.open(path);
      says(
          "body",
          """
          - link "Skip to the content"
          - banner:
            - heading /^RayShell driver pid \\d+$/ [level=1]
            - navigation "Pages":
              - link "Overview"
              - link "Tasks"
              - link "Workers"
              - link "Objects"
              - link "Logs"
            - text: /Live, updated/
            - button "Pause"
          - main:
            - status: 4 of 4 done, 1 failed
            - alert: 1 task failed
          - contentinfo
          """);
      Locator here = dashboard.at("#nav [aria-current=page]");
      assertThat(here).hasCount(1);
      assertThat(here).hasAttribute("href", path);
      assertThat(dashboard.at("h1")).hasCount(1);
    }
  }

  @Test
  void theOverviewIsReadInItsOrder() {
    dashboard.open("");
    says(
        "main",
        """
        - heading "CPU slots" [level=2]
        - paragraph: 0 of 1 busy
        - meter "CPU slots in use"
        - heading "Memory" [level=2]
        - meter "Memory in use"
        - heading "Object store" [level=2]
        - meter "Object store in use"
        - heading "Tasks" [level=2]
        - paragraph: 4 of 4 done
        - img "3 finished, 0 running, 0 queued, 1 failed, 0 cancelled"
        - paragraph:
          - link "3 finished"
          - link "0 running"
          - link "1 failed"
        - heading "Timeline" [level=2]
        - group "Span":
          - button "10 s"
          - button "1 min" [pressed]
          - button "All"
          - button "Table"
        - 'img /^Timeline\\. Worker \\d+: 4 tasks, \\d+ % busy$/'
        - heading "Tasks that need a look" [level=2]
        - link "All tasks"
        """);
    assertThat(dashboard.at("[role=meter]").first()).hasAttribute("aria-valuetext", "0 of 1 busy");
    dashboard.at("#asTable").click();
    says(
        "#bars",
        """
        - region "Runs, the latest first":
          - table "Runs, the latest first"
        """);
  }

  @Test
  void tablesHaveANameAndHeadsOfColumnsAndRows() {
    dashboard.open("tasks");
    says(
        "#taskTable",
        """
        - region "Tasks":
          - table "Tasks":
            - rowgroup:
              - row:
                - columnheader "object"
                - columnheader "function":
                  - button "function"
                - columnheader "cell"
                - columnheader "state"
                - columnheader "worker"
                - columnheader "queued"
                - columnheader "ran"
                - columnheader "CPU"
                - columnheader "retries"
                - columnheader "result"
            - rowgroup:
              - row:
                - rowheader /^[0-9a-f]{8}$/:
                  - link /^[0-9a-f]{8}$/
                - cell "boom"
                - cell "–"
                - cell "failed"
                - cell /\\d+/
                - cell
                - cell
                - cell
                - cell "0"
                - 'cell "ArithmeticException: / by zero"'
        """);
    dashboard.open("tasks?by=function");
    says(
        "#functionTable",
        """
        - table "Functions":
          - rowgroup:
            - row:
              - columnheader "function"
              - columnheader "tasks"
              - columnheader "running"
              - columnheader "queued"
              - columnheader "failed"
              - columnheader "median"
              - columnheader "95 %"
              - columnheader "all runs"
              - columnheader "CPU share"
          - rowgroup:
            - row:
              - rowheader "square"
              - cell "3"
        """);
    dashboard.open("workers");
    says(
        "#workerTable",
        """
        - table "Workers":
          - rowgroup:
            - row:
              - columnheader "worker"
              - columnheader "state"
              - columnheader "current task"
          - rowgroup:
            - row:
              - rowheader /^\\d+$/
              - cell "idle"
        """);
    dashboard.open("objects");
    says(
        "#objectTable",
        """
        - table "Objects":
          - rowgroup:
            - row:
              - columnheader "object"
              - columnheader "type"
              - columnheader "size":
                - button "size"
          - rowgroup:
            - row:
              - rowheader /^[0-9a-f]{8}$/
              - cell /int \\d/
        """);
  }

  @Test
  void whatSortsOrFiltersSaysWhatItDoesAndHowItStands() {
    dashboard.open("tasks");
    says(
        "#tasks",
        """
        - group "Rows":
          - button "Each" [pressed]
          - button "By function"
        - group "State":
          - button "All 4" [pressed]
          - button "Running 0"
          - button "Queued 0"
          - button "Finished 3"
          - button "Failed 1"
          - button "Cancelled 0"
        - searchbox "Filter tasks by function, id, cell or error"
        """);
    Locator ran = dashboard.page().getByRole(AriaRole.COLUMNHEADER, named("ran"));
    ran.getByRole(AriaRole.BUTTON).click();
    assertThat(ran).hasAttribute("aria-sort", "descending");
    // The arrow is for eyes: the name stays.
    assertThat(ran.getByRole(AriaRole.BUTTON)).hasAccessibleName("ran");
    ran.getByRole(AriaRole.BUTTON).click();
    assertThat(ran).hasAttribute("aria-sort", "ascending");
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  @Test
  void aTaskIsAPartOfItsOwnWithItsFactsAndItsError() {
    dashboard.open("tasks/" + failing.id().substring(0, 48));
    says(
        "#drawer",
        """
        - complementary "failed boom":
          - heading "failed boom" [level=2]
          - button "Close"
          - term: object
          - definition: %s
          - term: submitted by
          - definition: the program
          - term: arguments
          - definition: int 0
          - heading "Error" [level=3]
          - text: /ArithmeticException. . by zero/
        """
            .formatted(failing.id()));
    assertThat(dashboard.at("#drawerTitle")).isFocused();
  }

  @Test
  void linesAreALogThatIsNotReadOutUnasked() {
    dashboard.open("logs");
    says(
        "#logs",
        """
        - heading "Logs" [level=2]
        - combobox "Worker":
          - option "all workers" [selected]
          - option /worker \\d+/
        - button "Follow" [pressed]
        - searchbox "Search the lines"
        - log "Lines":
          - link /square \\d+/
          - text: /squaring 0/
        """);
    assertThat(dashboard.at("#lines")).hasAttribute("aria-live", "off");
  }
}
