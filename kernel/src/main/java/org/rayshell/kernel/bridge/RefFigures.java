package org.rayshell.kernel.bridge;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rayshell.runtime.view.TaskInfo;

/**
 * What a list of refs comes to at one moment: how many in which state, and times in nanoseconds.
 * One pass over the rows, without an allocation for each: a list may have 10,000.
 */
final class RefFigures {
  private static final int ESTIMATED_FROM = 3;
  private static final long ESTIMATED_AFTER_NS = 1_000_000_000L;
  private static final long NOTHING_LEFT_NS = 10_000_000L;

  /** A median of so many is as good as one of all. */
  private static final int SAMPLE = 2_000;

  private final int[] counts = new int[Shown.values().length];
  private final Map<String, Integer> functions = new LinkedHashMap<>();
  private final long now;
  private final int all;
  private int open;
  private int tasks;
  private long firstCall = Long.MAX_VALUE;
  private long firstStart = Long.MAX_VALUE;
  private long lastEnd;
  private long ran;
  private long cpu;
  private long[] runs;
  private int ended;
  private long[] workers = new long[8];
  private int workerCount;
  private String cell;
  private boolean oneCell = true;

  /** Of the rows, at that moment. */
  RefFigures(List<RefRow> rows, long now) {
    this.now = now;
    this.all = rows.size();
    this.runs = new long[all];
    String function = null;
    int alike = 0;
    for (RefRow row : rows) {
      counts[row.shown().ordinal()]++;
      open += row.isFinal() ? 0 : 1;
      TaskInfo task = row.task();
      if (task == null) {
        continue;
      }
      if (!task.function().equals(function)) {
        count(function, alike);
        function = task.function();
        alike = 0;
      }
      alike++;
      add(task);
    }
    count(function, alike);
    if (tasks < all) {
      count("object", all - tasks);
    }
    runs = sample(runs, ended);
  }

  private void count(String function, int more) {
    if (more > 0) {
      functions.merge(function, more, Integer::sum);
    }
  }

  private void add(TaskInfo task) {
    oneCell &= tasks == 0 || (cell == null ? task.cell() == null : cell.equals(task.cell()));
    cell = task.cell();
    tasks++;
    firstCall = Math.min(firstCall, task.submitted());
    lastEnd = Math.max(lastEnd, task.ended());
    cpu += task.cpuNs();
    if (task.workerPid() != 0) {
      addWorker(task.workerPid());
    }
    if (task.started() != 0) {
      firstStart = Math.min(firstStart, task.started());
      long run = task.ranNs(now);
      ran += run;
      if (task.ended() != 0) {
        runs[ended++] = run;
      }
    }
  }

  private void addWorker(long pid) {
    for (int i = 0; i < workerCount; i++) {
      if (workers[i] == pid) {
        return;
      }
    }
    if (workerCount == workers.length) {
      workers = Arrays.copyOf(workers, 2 * workerCount);
    }
    workers[workerCount++] = pid;
  }

  private static long[] sample(long[] runs, int count) {
    long[] some = new long[Math.min(count, SAMPLE)];
    for (int i = 0; i < some.length; i++) {
      some[i] = runs[(int) ((long) i * count / some.length)];
    }
    Arrays.sort(some);
    return some;
  }

  /** How many are in each state that any is in. */
  Map<Shown, Integer> states() {
    Map<Shown, Integer> states = new EnumMap<>(Shown.class);
    for (Shown each : Shown.values()) {
      if (counts[each.ordinal()] > 0) {
        states.put(each, counts[each.ordinal()]);
      }
    }
    return states;
  }

  int all() {
    return all;
  }

  /** How many will still change. */
  int open() {
    return open;
  }

  /** How many have a task; the others were put, or are unknown. */
  int tasks() {
    return tasks;
  }

  /** How many of each function, in the order of the list; those without a task are objects. */
  Map<String, Integer> functions() {
    return functions;
  }

  /** The cell that submitted all of the tasks; null if there is more than one. */
  String cell() {
    return oneCell ? cell : null;
  }

  /** When the first was submitted, epoch nanoseconds; now if there is no task. */
  long firstCall() {
    return Math.min(firstCall, now);
  }

  /** When the last of them ended, epoch nanoseconds; 0 if none has. */
  long lastEnd() {
    return lastEnd;
  }

  /** From the first call to the last end, or now. */
  long span() {
    return Math.max(0, (open == 0 && lastEnd != 0 ? lastEnd : now) - firstCall());
  }

  /** How many have run to an end. */
  int runs() {
    return ended;
  }

  /** Of those that have run to an end. */
  long medianRun() {
    return runs[runs.length / 2];
  }

  /** Of all runs together. */
  long ran() {
    return ran;
  }

  long cpu() {
    return cpu;
  }

  int workers() {
    return workerCount;
  }

  /**
   * About how long until all are done, 0 if it cannot be told: the median for each that has not
   * begun and the rest of it for each that runs, at the pace so far, which knows of what it costs
   * to send a task and of how many run at a time.
   */
  long left(List<RefRow> rows) {
    if (open == 0 || ended < ESTIMATED_FROM || ran == 0 || now - firstCall < ESTIMATED_AFTER_NS) {
      return 0;
    }
    long median = medianRun();
    double work = 0;
    for (RefRow row : rows) {
      if (!row.isFinal()) {
        work += row.task() == null ? median : Math.max(0, median - row.task().ranNs(now));
      }
    }
    double left = work / ((double) ran / Math.max(1, now - firstStart));
    return left < NOTHING_LEFT_NS ? 0 : rounded(left);
  }

  /** Two digits: more would pretend to know. */
  private static long rounded(double amount) {
    double unit = Math.pow(10, Math.floor(Math.log10(amount)) - 1);
    return Math.round(Math.round(amount / unit) * unit);
  }
}
