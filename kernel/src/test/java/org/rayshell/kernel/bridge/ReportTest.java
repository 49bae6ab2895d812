package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rayshell.kernel.bridge.CellRecord.Span;
import org.rayshell.kernel.bridge.CellReport.Lane;
import org.rayshell.kernel.bridge.CellReport.Retries;
import org.rayshell.kernel.bridge.CellReport.Run;
import org.rayshell.kernel.display.Sheet;
import org.rayshell.runtime.DriverHooks.TaskOutput;
import org.rayshell.runtime.dashboard.DashboardLinks;
import org.rayshell.runtime.view.TaskState;

class ReportTest {
  private static final long T0 = FakeView.START;
  private static final long MS = FakeView.MS;

  private static CellReport report(int tasks, long eachMs, double share) {
    FakeView view = new FakeView();
    List<List<Run>> lanes = List.of(new ArrayList<>(), new ArrayList<>());
    long[] free = {T0, T0};
    for (int i = 0; i < tasks; i++) {
      view.task(i, TaskState.FINISHED, eachMs, "int 1", null);
      int worker = i % 2;
      long end = free[worker] + eachMs * MS;
      lanes
          .get(worker)
          .add(
              new Run(
                  i,
                  view.tasks.get(i),
                  Shown.FINISHED,
                  free[worker],
                  end,
                  Math.round(share * eachMs * MS),
                  false,
                  null));
      free[worker] = end;
    }
    Map<Shown, Integer> counts = new EnumMap<>(Shown.class);
    counts.put(Shown.FINISHED, tasks);
    List<Lane> all = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      all.add(Lane.of(4_000 + i, lanes.get(i)));
    }
    long end = Math.max(free[0], free[1]);
    List<Span> waits = List.of(new Span(T0 + 10 * MS, end));
    return new CellReport(
        "In [3]", T0, end, 12 * MS, waits, all, counts, Retries.NONE, 2, 2, false);
  }

  @Test
  void sleepingTasksAreSaidToWait() {
    CellReport report = report(4, 1_000, 0.01);
    assertEquals(2.0, report.speedUp(), 1e-9);
    assertEquals(
        """
        4 tasks on 2 workers in 2.00 s  ✓ 4 finished
        Wall time      2.00 s    the cell, start to end
        Workers' CPU   40 ms     1 % of task run time
        Driver CPU     12 ms     of the kernel's process
        Waiting        1.99 s    in Ray.get or Ray.wait
        Speed-up       2.0 ×     4.00 s one by one
        driver         |██████████████████████████████████████████████████|
        worker 4000    |░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░| 2 tasks, 100 % busy
        worker 4001    |░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░| 2 tasks, 100 % busy
        █ computing, ░ waiting, · driver waiting in Ray.get, x failed
        The tasks mostly wait: they used the CPU for 1 % of their run time. More workers than CPUs (Ray.init(RayOptions.create().numCpus(4))) would shorten this cell.\
        """
            .replace("driver         |" + "█".repeat(50), "driver         |" + "·".repeat(50)),
        new ReportText(report, true).text());
  }

  @Test
  void computingTasksAreSaidToCompute() {
    assertTrue(ReportAdvice.of(report(4, 1_000, 0.97)).startsWith("Compute-bound"));
  }

  @Test
  void tinyTasksAreToBeBatched() {
    assertTrue(ReportAdvice.of(report(100, 2, 0.5)).endsWith("batch them."));
  }

  /** Four workers on two cores: each task runs twice as long as it computes. */
  @Test
  void whereCoresAreShortTheSpeedUpIsAnEstimateFromCpuAndWaiting() {
    FakeView view = new FakeView();
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      view.task(i, TaskState.FINISHED, 2_000, "int 1", null);
      Run run =
          new Run(
              i, view.tasks.get(i), Shown.FINISHED, T0, T0 + 2_000 * MS, 1_000 * MS, false, null);
      lanes.add(Lane.of(4_000 + i, List.of(run)));
    }
    CellReport crowded = report(lanes, 2);
    assertTrue(crowded.isEstimate());
    assertEquals(2.0, crowded.speedUp(), 1e-9);
    assertTrue(
        new ReportText(crowded, true).text().contains("about 2.0 × about 4.00 s one by one"));
    CellReport roomy = report(lanes, 8);
    assertEquals(4.0, roomy.speedUp(), 1e-9);
  }

  private static CellReport report(List<Lane> lanes, int cores) {
    Map<Shown, Integer> counts = new EnumMap<>(Shown.class);
    lanes.forEach(lane -> lane.runs().forEach(run -> counts.merge(run.shown(), 1, Integer::sum)));
    long end = lanes.stream().flatMap(l -> l.runs().stream()).mapToLong(Run::end).max().orElse(T0);
    return new CellReport(
        "In [3]",
        T0,
        end,
        12 * MS,
        List.of(),
        lanes,
        counts,
        Retries.NONE,
        lanes.size(),
        cores,
        false);
  }

  @Test
  void sixteenWorkersHaveLanesAndTheOthersALine() {
    FakeView view = new FakeView();
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      view.task(
          i,
          i == 3 ? TaskState.FAILED : TaskState.FINISHED,
          1_000,
          "int 1",
          i == 3 ? "X: <y>" : null);
      Shown shown = i == 3 ? Shown.FAILED : Shown.FINISHED;
      long end = T0 + (1_000 - 10 * i) * MS;
      lanes.add(
          Lane.of(
              4_000 + i, List.of(new Run(i, view.tasks.get(i), shown, T0, end, MS, false, null))));
    }
    CellReport report = report(lanes, 64);
    String text = new ReportText(report, false).text();
    assertTrue(text.contains("worker 4015 ") && !text.contains("worker 4016 "), text);
    assertTrue(text.contains("\n4 more, 81 to 84 % busy\n"), text);
    assertTrue(text.chars().allMatch(c -> c < 128), text);
    String html = new ReportHtml(report).html();
    AllowList.check(html);
    assertTrue(html.contains("#3 &ensp;·&ensp;") && html.contains("X: &lt;y&gt;"), html);
  }

  @Test
  void htmlKeepsToTheRulesForFewAndForManyTasks() {
    for (int tasks : new int[] {0, 1, 8, 150, 5_000}) {
      AllowList.check(new ReportHtml(report(tasks, 3, 0.4)).html());
    }
  }

  @Test
  void taskTableIsTextAndHtml() {
    FakeView view = new FakeView();
    view.task(1, TaskState.FAILED, 20, null, "X: <y>");
    view.task(2, TaskState.FINISHED, 20, "int 1", null);
    String waiting = view.task(3, TaskState.PENDING_NODE_ASSIGNMENT, 0, null, null).id();
    Sheet sheet =
        TaskTable.of(
            view.tasks().reversed(),
            Map.of(waiting, "waits for <gpu>"),
            DashboardLinks.of("http://127.0.0.1:8265"),
            view.now());
    AllowList.check(sheet.html());
    assertTrue(sheet.html().contains("href=\"http://127.0.0.1:8265/tasks/"), sheet.html());
    List<String> lines = sheet.text().lines().toList();
    assertTrue(
        lines.getFirst().startsWith("task      function      cell    state"), lines.getFirst());
    assertTrue(lines.get(1).endsWith("1 of 4  waits for <gpu>"), lines.get(1));
    assertTrue(lines.get(2).endsWith("1 of 4"), lines.get(2));
    assertTrue(lines.get(3).endsWith("X: <y>"), lines.get(3));
  }

  @Test
  void whatDoesNotFitAFragmentIsCounted() {
    FakeView view = new FakeView();
    for (int i = 0; i < 200; i++) {
      view.task(i, TaskState.FINISHED, 20, "int 1", null);
    }
    Sheet sheet = TaskTable.of(view.tasks(), Map.of(), null, view.now());
    AllowList.check(sheet.html());
    assertTrue(sheet.html().contains(" more rows do not fit here"));
    assertEquals(201, sheet.text().lines().count());
  }

  @Test
  void taskOutputNamesFunctionAndProcess() {
    TaskOutput output = new TaskOutput("In [7]", "slowFunction", 123, false, "text");
    assertEquals("\u001b[1m(slowFunction pid=123)\u001b[0m", CellPrints.label(output));
  }
}
