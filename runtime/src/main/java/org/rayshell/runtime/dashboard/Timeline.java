package org.rayshell.runtime.dashboard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskState;

/**
 * What each worker ran when, cut to a span of time. Bars too thin to see are merged with their
 * neighbours, so that a lane never has more than {@value #BARS_PER_LANE}. Immutable.
 *
 * @param from where the span begins, epoch milliseconds
 * @param to where it ends: now while something runs, else when the last task ended
 * @param lanes one for each worker that ran something in the span, at most {@value #MOST_LANES}
 * @param lanesLeftOut how many more there would be
 */
record Timeline(double from, double to, List<Lane> lanes, int lanesLeftOut) {
  private static final int BARS_PER_LANE = 200;
  private static final int MOST_LANES = 32;
  private static final double MS = 1e6;

  /**
   * One worker's bars.
   *
   * @param busy share of the span that it ran tasks, 0 to 1
   * @param cpuNs CPU time of the tasks in the span
   */
  record Lane(long pid, double busy, double cpuNs, List<Bar> bars) {}

  /**
   * One task's run, or several merged.
   *
   * @param from epoch milliseconds
   * @param to epoch milliseconds
   * @param cpu share of the run time that was CPU time, 0 to 1
   * @param state of the task; failed if any of the merged ones failed
   * @param tasks how many tasks it stands for
   * @param id the task's object
   */
  record Bar(
      double from, double to, double cpu, String state, int tasks, String function, String id) {}

  /**
   * @param windowNs greatest length of the span; 0 for all there is
   */
  static Timeline of(List<TaskInfo> tasks, long now, long windowNs) {
    long to = 0;
    long first = Long.MAX_VALUE;
    for (TaskInfo task : tasks) {
      if (task.started() != 0) {
        to = Math.max(to, task.state() == TaskState.RUNNING ? now : end(task, now));
        first = Math.min(first, task.started());
      }
    }
    if (to == 0) {
      return new Timeline((now - windowNs) / MS, now / MS, List.of(), 0);
    }
    long from = windowNs == 0 ? first : Math.max(first, to - windowNs);
    Map<Long, List<TaskInfo>> byWorker = new TreeMap<>();
    for (TaskInfo task : tasks) {
      if (task.started() != 0 && task.workerPid() != 0 && end(task, now) > from) {
        byWorker.computeIfAbsent(task.workerPid(), _ -> new ArrayList<>()).add(task);
      }
    }
    List<Lane> lanes = new ArrayList<>();
    for (Map.Entry<Long, List<TaskInfo>> worker : byWorker.entrySet()) {
      if (lanes.size() < MOST_LANES) {
        lanes.add(lane(worker.getKey(), worker.getValue(), from, to, now));
      }
    }
    return new Timeline(from / MS, to / MS, lanes, byWorker.size() - lanes.size());
  }

  private static Lane lane(long pid, List<TaskInfo> tasks, long from, long to, long now) {
    tasks.sort(Comparator.comparingLong(TaskInfo::started));
    long thin = Math.max(1, (to - from) / BARS_PER_LANE);
    List<Run> runs = new ArrayList<>();
    double cpu = 0;
    long ran = 0;
    for (TaskInfo task : tasks) {
      Run run = new Run(task, Math.max(from, task.started()), end(task, now));
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
    return new Lane(pid, busy, cpu, runs.stream().map(Run::bar).toList());
  }

  private static long end(TaskInfo task, long now) {
    return task.ended() != 0 ? task.ended() : Math.max(now, task.started());
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
      this.failed = task.state() == TaskState.FAILED && !task.cancelled();
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
      String state = failed ? "failed" : Summary.word(first);
      return new Bar(from / MS, to / MS, share, state, tasks, first.function(), first.objectId());
    }
  }
}
