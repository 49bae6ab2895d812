package org.rayshell.runtime.view;

import org.rayshell.runtime.wire.TaskUpdate;

/** The tasks of one function, or of one cell, summed up. Belongs to {@link TaskLog}'s lock. */
final class TaskSums {
  private final long[] counts = new long[TaskState.values().length * 2];
  private final RunTimes runs = new RunTimes();
  private long cancelled;
  private long ranNs;
  private long cpuNs;

  /** Of those that run: how many, and when they began since {@link #base}, together. */
  private long running;

  private long startedNs;
  private long runningCpuNs;

  /** So that sums of times stay small. */
  private long base;

  /** Of tasks of which nothing is known but that they were made. */
  void countMade(TaskState state, int change) {
    counts[index(state, false)] += change;
  }

  void count(TaskUpdate task, int change) {
    counts[index(task.state(), task.attempt() > 1)] += change;
    if (task.errorType() == ErrorType.TASK_CANCELLED) {
      cancelled += change;
    }
    if (task.started() == 0) {
      return;
    }
    if (task.state().isTerminal()) {
      long ran = Math.max(0, task.ended() - task.started());
      ranNs += change * ran;
      cpuNs += change * task.cpuNs();
      runs.count(ran, change);
    } else {
      base = base == 0 ? task.started() : base;
      running += change;
      startedNs += change * (task.started() - base);
      runningCpuNs += change * task.cpuNs();
    }
  }

  private static int index(TaskState state, boolean retried) {
    return state.ordinal() * 2 + (retried ? 1 : 0);
  }

  long count(TaskState state, boolean retried) {
    return counts[index(state, retried)];
  }

  private long count(TaskState state) {
    return count(state, false) + count(state, true);
  }

  /** How many wait for their first try, or for another. */
  private long waiting(boolean retried) {
    long waiting = 0;
    for (TaskState state : TaskState.values()) {
      if (!state.isTerminal() && state != TaskState.RUNNING) {
        waiting += count(state, retried);
      }
    }
    return waiting;
  }

  /** How long those that run have run by now, together. */
  private long runningNs(long now) {
    return Math.max(0, running * (now - base) - startedNs);
  }

  RunTimes runs() {
    return runs;
  }

  TaskTotals totals(long now) {
    return new TaskTotals(
        count(TaskState.FINISHED),
        count(TaskState.RUNNING),
        waiting(false),
        waiting(true),
        count(TaskState.FAILED) - cancelled,
        cancelled,
        ranNs + runningNs(now),
        cpuNs + runningCpuNs,
        0,
        0);
  }

  /** How far they are. */
  Progress progress(long now) {
    TaskTotals totals = totals(now);
    long median = runs.quantile(0.5);
    long left = totals.running() + totals.retrying() + totals.queued();
    return new Progress(
        number(totals.finished()),
        number(totals.failed()),
        number(totals.cancelled()),
        number(totals.running()),
        number(totals.retrying()),
        number(totals.queued()),
        median,
        Math.max(0, median * left - runningNs(now)));
  }

  /** Below zero if what was counted before is forgotten. */
  private static int number(long count) {
    return Math.clamp(count, 0, Integer.MAX_VALUE);
  }

  FunctionInfo info(String function, long now) {
    return new FunctionInfo(
        function, totals(now), runs.count(), runs.quantile(0.5), runs.quantile(0.95));
  }
}
