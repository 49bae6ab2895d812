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
import org.rayshell.kernel.bridge.CellReport.Run;
import org.rayshell.runtime.DriverHooks.TaskOutput;
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
                  false));
      free[worker] = end;
    }
    Map<Shown, Integer> counts = new EnumMap<>(Shown.class);
    counts.put(Shown.FINISHED, tasks);
    List<Lane> all = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      all.add(
          new Lane(4_000 + i, lanes.get(i), lanes.get(i).stream().mapToLong(Run::length).sum()));
    }
    long end = Math.max(free[0], free[1]);
    List<Span> waits = List.of(new Span(T0 + 10 * MS, end));
    return new CellReport("In [3]", T0, end, 12 * MS, waits, all, counts, 2, 2);
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
        The tasks mostly wait: they used the CPU for 1 % of their run time. More workers than CPUs would shorten this cell.\
        """
            .replace("driver         |" + "█".repeat(50), "driver         |" + "·".repeat(50)),
        ReportText.of(report));
  }

  @Test
  void computingTasksAreSaidToCompute() {
    assertTrue(report(4, 1_000, 0.97).advice().startsWith("Compute-bound"));
  }

  @Test
  void tinyTasksAreToBeBatched() {
    assertTrue(report(100, 2, 0.5).advice().endsWith("batch them."));
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
        TaskTable.of(view.tasks().reversed(), Map.of(waiting, "waits for <gpu>"), view.now());
    AllowList.check(sheet.html());
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
    Sheet sheet = TaskTable.of(view.tasks(), Map.of(), view.now());
    AllowList.check(sheet.html());
    assertTrue(sheet.html().contains(" more rows do not fit here"));
    assertEquals(201, sheet.text().lines().count());
  }

  @Test
  void taskOutputNamesFunctionAndProcess() {
    TaskOutput output = new TaskOutput("In [7]", "slowFunction", 123, false, "text");
    assertEquals("\u001b[36m(slowFunction pid=123)\u001b[0m", NotebookHooks.label(output, true));
    assertEquals("(slowFunction pid=123)", NotebookHooks.label(output, false));
  }
}
