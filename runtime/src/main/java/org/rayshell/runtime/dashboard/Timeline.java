package org.rayshell.runtime.dashboard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskTotals;

/**
 * What each worker ran when, cut to a span of time. Bars too thin to see are merged with their
 * neighbours. Immutable.
 *
 * @param from where the span begins, epoch milliseconds
 * @param to where it ends: now while something runs, else when the last task ended
 * @param lanes one for each worker that ran something in the span, at most {@value #MOST_LANES}
 * @param lanesLeftOut how many more there would be
 */
record Timeline(BigDecimal from, BigDecimal to, List<Lane> lanes, int lanesLeftOut) {
  private static final int MOST_LANES = 32;

  /** In all lanes together, so that the answer stays small. */
  private static final int MOST_BARS = 900;

  private static final int LONGEST_NAME = 40;

  /**
   * One worker's bars.
   *
   * @param busy share of the span that it ran tasks, 0 to 1
   * @param cpuNs CPU time of the tasks in the span
   * @param tasks how many there were
   */
  record Lane(long worker, double busy, long cpuNs, int tasks, List<Bar> bars) {}

  /**
   * One task's run, or several merged.
   *
   * @param from epoch milliseconds
   * @param to epoch milliseconds
   * @param cpu share of the run time that was CPU time, 0 to 1
   * @param state of the task; failed if any of the merged ones failed
   * @param tasks how many tasks it stands for
   * @param id the task's, or that of the first
   */
  record Bar(
      BigDecimal from,
      BigDecimal to,
      double cpu,
      String state,
      int tasks,
      String function,
      String id) {}

  /**
   * Answers {@code window} in seconds up to the last task, 0 for all; or {@code from} and {@code
   * to} in epoch milliseconds; and {@code bins}, how many bars a lane may have.
   */
  static Timeline of(ClusterView view, Query query) {
    long now = view.now();
    TaskTotals totals = view.taskTotals();
    long end = totals.running() > 0 || totals.last() == 0 ? now : totals.last();
    long to = query.time("to", end);
    long windowNs = query.number("window", 60, 0, 10_000_000) * 1_000_000_000L;
    long from = query.time("from", windowNs == 0 ? 0 : to - windowNs);
    if (from >= to) {
      throw new Query.BadRequest(
          "from must be before to: from=" + query.first("from") + ", to=" + query.first("to"));
    }
    int bins = query.number("bins", 200, 1, 500);
    return of(view.ranSince(from), from, to, now, bins);
  }

  static Timeline of(List<TaskInfo> tasks, long wanted, long to, long now, int bins) {
    long from = wanted;
    if (from == 0) {
      from = tasks.stream().mapToLong(TaskInfo::started).min().orElse(to - 1);
    }
    Map<Long, List<TaskInfo>> byWorker = new TreeMap<>();
    for (TaskInfo task : tasks) {
      if (task.workerPid() != 0 && end(task, now) > from && task.started() < to) {
        byWorker.computeIfAbsent(task.workerPid(), _ -> new ArrayList<>()).add(task);
      }
    }
    int shown = Math.min(MOST_LANES, byWorker.size());
    int bars = Math.min(bins, MOST_BARS / Math.max(1, shown));
    List<Lane> lanes = new ArrayList<>();
    for (Map.Entry<Long, List<TaskInfo>> worker : byWorker.entrySet()) {
      if (lanes.size() < MOST_LANES) {
        lanes.add(lane(worker.getKey(), worker.getValue(), from, to, now, bars));
      }
    }
    return new Timeline(Words.time(from), Words.time(to), lanes, byWorker.size() - lanes.size());
  }

  private static Lane lane(
      long worker, List<TaskInfo> tasks, long from, long to, long now, int bars) {
    tasks.sort(Comparator.comparingLong(TaskInfo::started));
    long thin = Math.max(1, (to - from) / bars);
    List<Run> runs = new ArrayList<>();
    double cpu = 0;
    long ran = 0;
    for (TaskInfo task : tasks) {
      Run run = new Run(task, Math.max(from, task.started()), Math.min(to, end(task, now)));
      cpu += run.cpuNs;
      ran += run.to - run.from;
      Run last = runs.isEmpty() ? null : runs.getLast();
      if (last != null && run.to - last.from <= thin) {
        last.merge(run);
      } else {
        runs.add(run);
      }
    }
    double busy = Math.min(1, ran / (double) Math.max(1, to - from));
    return new Lane(
        worker, rounded(busy), (long) cpu, tasks.size(), runs.stream().map(Run::bar).toList());
  }

  private static long end(TaskInfo task, long now) {
    return task.ended() != 0 ? task.ended() : Math.max(now, task.started());
  }

  private static double rounded(double share) {
    return Math.round(1e4 * share) / 1e4;
  }

  /** A bar in the making. */
  private static final class Run {
    private final TaskInfo first;
    private final long from;
    private long to;
    private double ranNs;
    private double cpuNs;
    private boolean failed;
    private int tasks = 1;

    Run(TaskInfo task, long from, long to) {
      this.first = task;
      this.from = from;
      this.to = to;
      this.ranNs = to - from;
      double whole = Math.max(1, to - task.started());
      this.cpuNs = Math.min(task.cpuNs(), whole) * (ranNs / whole);
      this.failed = Words.state(task).equals("failed");
    }

    void merge(Run other) {
      to = Math.max(to, other.to);
      ranNs += other.ranNs;
      cpuNs += other.cpuNs;
      failed |= other.failed;
      tasks++;
    }

    Bar bar() {
      double share = ranNs <= 0 ? 0 : Math.min(1, cpuNs / ranNs);
      return new Bar(
          Words.time(from),
          Words.time(to),
          rounded(share),
          failed ? "failed" : Words.state(first),
          tasks,
          Words.cut(first.function(), LONGEST_NAME),
          first.taskId());
    }
  }
}
