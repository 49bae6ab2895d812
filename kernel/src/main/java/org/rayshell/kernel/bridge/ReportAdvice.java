package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.rayshell.kernel.bridge.CellReport.Run;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.runtime.view.TaskInfo;

/** One sentence on what held a cell up, by rules. */
final class ReportAdvice {
  private static final double MOSTLY = 0.8;
  private static final double LITTLE = 0.2;
  private static final double IDLE = 0.4;
  private static final double DRIVER = 0.5;
  private static final double TAIL = 0.1;
  private static final long TINY_NS = 5_000_000L;
  private static final int MANY = 10;
  private static final int MOST_WORKERS = 4;

  private ReportAdvice() {}

  /** The sentence; empty if no rule fits. */
  static String of(CellReport report) {
    List<Run> runs = report.runs();
    if (runs.isEmpty()) {
      return "";
    }
    long ran = Math.max(1, report.ran());
    double share = (double) report.workersCpu() / ran;
    double slots = Math.max(1, Math.max(report.cpus(), report.lanes().size()));
    double busy = Math.min(1, ran / (report.wall() * slots));
    long[] lengths = runs.stream().mapToLong(Run::length).sorted().toArray();
    long median = lengths[lengths.length / 2];
    if (median < TINY_NS && lengths.length > MANY) {
      return "Tasks of " + Amounts.duration(median) + " cost more to send than to run; batch them.";
    }
    if ((double) report.driverCpu() / report.wall() > DRIVER) {
      return "The driver itself computed for "
          + Amounts.percent(report.driverCpu(), report.wall())
          + " of the cell.";
    }
    if (report.cpus() >= 2 && isOneAfterAnother(runs)) {
      return "Tasks ran one after another: Ray.get directly follows each call.";
    }
    if (share < LITTLE && busy > MOSTLY) {
      return "The tasks mostly wait: they used the CPU for "
          + Amounts.percent(report.workersCpu(), ran)
          + " of their run time. More workers than CPUs (Ray.init(RayOptions.create().numCpus("
          + Math.max((int) slots + 1, Math.min(report.tasks(), MOST_WORKERS * (int) slots))
          + "))) would shorten this cell.";
    }
    if (share > MOSTLY && busy > IDLE) {
      return "Compute-bound; the workers were busy for "
          + Math.round(100 * busy)
          + " % of the cell."
          + tail(report);
    }
    if (busy < IDLE && report.stillRunning() == 0) {
      return "The workers were idle for "
          + Math.round(100 * (1 - busy))
          + " % of the cell: too few or uneven tasks (longest "
          + Amounts.duration(lengths[lengths.length - 1])
          + ", median "
          + Amounts.duration(median)
          + ").";
    }
    return "";
  }

  private static String tail(CellReport report) {
    long last = report.runs().stream().mapToLong(Run::end).max().orElse(report.end());
    long tail = report.end() - last;
    return tail > TAIL * report.wall()
        ? " The last " + Amounts.duration(tail) + " ran on the driver alone."
        : "";
  }

  /** Whether each task was submitted only after the one before it had ended. */
  private static boolean isOneAfterAnother(List<Run> runs) {
    List<TaskInfo> sorted = new ArrayList<>(runs.stream().map(Run::task).distinct().toList());
    if (sorted.size() < 3) {
      return false;
    }
    sorted.sort(Comparator.comparingLong(TaskInfo::submitted));
    for (int i = 1; i < sorted.size(); i++) {
      TaskInfo before = sorted.get(i - 1);
      if (before.ended() == 0 || sorted.get(i).submitted() < before.ended()) {
        return false;
      }
    }
    return true;
  }
}
