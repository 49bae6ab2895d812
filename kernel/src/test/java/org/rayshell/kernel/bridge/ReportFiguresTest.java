package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rayshell.Ray;
import org.rayshell.RayOptions;
import org.rayshell.kernel.bridge.CellReport.Lane;
import org.rayshell.kernel.bridge.CellReport.Run;
import org.rayshell.kernel.display.LiveDisplays;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.kernel.session.CurrentCell;
import org.rayshell.kernel.session.NotebookAddress;
import org.rayshell.runtime.DriverHooks;
import org.rayshell.runtime.Runtimes;

/** The figures of a cell's report beside what its tasks know of themselves; on real workers. */
@Timeout(120)
class ReportFiguresTest {
  private static Evaluator evaluator;
  private static TaskPrints prints;
  private static CellRecords records;
  private static int count;

  @BeforeAll
  static void start() {
    evaluator = SnippetCode.evaluator();
    records = new CellRecords(new LiveDisplays());
    prints = new TaskPrints(evaluator.trace(), records);
    Runtimes.install(
        new NotebookHooks(
            new SnippetCode(evaluator),
            records,
            prints,
            evaluator.trace(),
            NotebookAddress.UNKNOWN,
            () -> 0));
    Ray.init(RayOptions.create().numCpus(2).includeDashboard(false));
    // Each spins until its thread has used so much CPU, then sleeps, and tells what it has used.
    run(
        """
        @Remote double uses(long cpuMs, long sleepMs) throws InterruptedException {
          var threads = java.lang.management.ManagementFactory.getThreadMXBean();
          long begin = threads.getCurrentThreadCpuTime();
          while (threads.getCurrentThreadCpuTime() - begin < cpuMs * 1_000_000) {}
          Thread.sleep(sleepMs);
          return threads.getCurrentThreadCpuTime() - begin;
        }
        """);
    // Classes are loaded, once and for all, on both workers.
    run("Ray.get(List.of(uses.remote(20L, 300L), uses.remote(20L, 300L)))");
  }

  @AfterAll
  static void end() throws Exception {
    List<ProcessHandle> workers = ProcessHandle.current().children().toList();
    Ray.shutdown();
    Runtimes.install(DriverHooks.NONE);
    prints.close();
    evaluator.close();
    for (ProcessHandle each : workers) {
      each.onExit().get(30, TimeUnit.SECONDS);
    }
  }

  /** A cell's value and its report. */
  private record Reported(Object value, CellReport report) {
    /** What the tasks say that they used, nanoseconds. */
    double own() {
      return ((List<?>) value).stream().mapToDouble(each -> (Double) each).sum();
    }

    double cpuShare() {
      return (double) report.workersCpu() / report.ran();
    }
  }

  private static Reported run(String code) {
    FakeCell cell = new FakeCell(++count);
    CurrentCell.enter(cell);
    try {
      EvalResult result = evaluator.eval(code, cell.count(), records.enter(cell));
      EvalResult.Ok ok = assertInstanceOf(EvalResult.Ok.class, result, code);
      CellReport report = CellReport.of(records.get(cell.label()), Runtimes.view().orElseThrow());
      return new Reported(ok.value(), report);
    } finally {
      CurrentCell.leave();
    }
  }

  private static Reported uses(long cpuMs, long sleepMs) {
    String each = "uses.remote(" + cpuMs + "L, " + sleepMs + "L)";
    Reported ran = run("Ray.get(List.of(" + each + ", " + each + ", " + each + ", " + each + "))");
    addsUp(ran.report());
    assertEquals(4, ran.report().runs().size());
    return ran;
  }

  /** What must hold between the figures, whatever ran. */
  private static void addsUp(CellReport report) {
    assertEquals(report.ran(), report.lanes().stream().mapToLong(Lane::busy).sum());
    assertTrue(report.workersCpu() <= report.ran() * 1.01, report::toString);
    assertTrue(report.waited() <= report.wall(), report::toString);
    for (Lane each : report.lanes()) {
      assertTrue(each.busy() <= report.wall(), report::toString);
    }
    for (int i = 1; i < report.waits().size(); i++) {
      assertTrue(report.waits().get(i - 1).end() < report.waits().get(i).begin(), report::toString);
    }
    assertEquals((double) report.oneByOne() / report.wall(), report.speedUp(), 1e-9);
  }

  @Test
  void tasksThatSpinHaveTheirCpuTime() {
    Reported ran = uses(300, 0);
    assertEquals(1, ran.report().workersCpu() / ran.own(), 0.15);
  }

  @Test
  void tasksThatSleepHaveNone() {
    Reported ran = uses(0, 300);
    assertTrue(ran.cpuShare() < 0.1, () -> ran.report().toString());
    // They run at the same time: one after the other they take longer than the cell did.
    assertTrue(ran.report().speedUp() > 1, () -> ran.report().toString());
  }

  @Test
  void tasksThatDoBothHaveWhatTheyUsedAndNoMore() {
    Reported ran = uses(150, 150);
    assertEquals(1, ran.report().workersCpu() / ran.own(), 0.2);
    assertTrue(ran.cpuShare() < 0.6, () -> ran.report().toString());
    // Of each run all but what it used was sleep, or waiting for a processor.
    long slept = ran.report().ran() - ran.report().workersCpu();
    assertTrue(slept >= 4 * 149_000_000L, () -> ran.report().toString());
  }

  @Test
  void triesThatFailedAreCountedAsTimeOfTheWorkers() throws Exception {
    Path file = Files.createTempFile("tries", "");
    try {
      Reported ran =
          run(
              """
              @Remote(retryExceptions = IOException.class) double again(String file) throws Exception {
                double used = uses(50, 50);
                int tries = (int) Files.size(Path.of(file));
                Files.writeString(Path.of(file), "x".repeat(tries + 1));
                if (tries < 2) throw new IOException("try " + tries);
                return used;
              }
              Ray.get(again.remote("%s"))
              """
                  .formatted(file));
      CellReport report = ran.report();
      addsUp(report);
      assertEquals(List.of(1, 2, 3), report.runs().stream().map(Run::attempt).sorted().toList());
      assertEquals(new CellReport.Retries(1, 0), report.retries());
      assertEquals(1, report.tasks());
      assertEquals(1, report.counts().get(Shown.FINISHED));
      assertTrue(report.ran() >= 3 * 100_000_000L, report::toString);
      assertTrue(report.workersCpu() >= 3 * 50_000_000L, report::toString);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void whatStillRunsIsCountedAndGivesNoSpeedUp() {
    Reported ran =
        run("var left = uses.remote(0L, 2_000L);\nRay.wait(List.of(uses.remote(0L, 100L)), 1);");
    assertEquals(1, ran.report().stillRunning());
    assertEquals(0, ran.report().speedUp());
    run("left.get()");
  }
}
