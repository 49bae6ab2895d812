package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rayshell.kernel.bridge.CellRecord.Span;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskAttempt;
import org.rayshell.runtime.view.TaskInfo;

/**
 * Where a cell's wall time went; immutable. Tasks are those that the cell submitted and those that
 * ran while it did; what they did before or after it is left out. Each try of a task is a run of
 * its own, so that the workers' time adds up. Nanoseconds.
 *
 * @param label the cell
 * @param begin when its code began, epoch nanoseconds
 * @param end when it ended
 * @param driverCpu CPU time of the driver's process
 * @param waits when it waited in {@code Ray.get} or {@code Ray.wait}
 * @param lanes the workers' work, the busiest first
 * @param counts how many tasks are in which state
 * @param retries of those tasks
 * @param cpus CPU slots of the cluster
 * @param cores processors of the machine
 * @param dropped whether older tasks are no longer known
 */
record CellReport(
    String label,
    long begin,
    long end,
    long driverCpu,
    List<Span> waits,
    List<Lane> lanes,
    Map<Shown, Integer> counts,
    Retries retries,
    double cpus,
    int cores,
    boolean dropped) {
  /**
   * How many tasks were tried more than once.
   *
   * @param unknown how many tries have no run here: they are forgotten, or never ran
   */
  record Retries(int tasks, int unknown) {
    static final Retries NONE = new Retries(0, 0);

    /** {@code 2 retried}; empty if none was. */
    String text() {
      return tasks == 0
          ? ""
          : tasks
              + " retried"
              + (unknown == 0
                  ? ""
                  : unknown == 1 ? " (1 try not shown)" : " (" + unknown + " tries not shown)");
    }
  }

  /** A worker's part; runs are in order. */
  record Lane(long pid, List<Run> runs, long busy) {
    static Lane of(long pid, List<Run> runs) {
      List<Run> sorted = runs.stream().sorted(Comparator.comparingLong(Run::begin)).toList();
      return new Lane(pid, sorted, sorted.stream().mapToLong(Run::length).sum());
    }
  }

  /**
   * A try of a task inside the cell's time.
   *
   * @param open whether it went on
   * @param former what is known of the try if another followed; null for the last one
   */
  record Run(
      int number,
      TaskInfo task,
      Shown shown,
      long begin,
      long end,
      long cpu,
      boolean open,
      TaskAttempt former) {
    /** A try that another followed. */
    static Run former(int number, TaskInfo task, TaskAttempt tried, long begin, long end) {
      long from = Math.max(begin, tried.started());
      long to = Math.max(from, Math.min(end, tried.ended()));
      return new Run(
          number,
          task,
          tried.error() == null ? Shown.FINISHED : Shown.FAILED,
          from,
          to,
          part(tried.cpuNs(), to - from, tried.ended() - tried.started()),
          tried.ended() > end,
          tried);
    }

    /** The CPU time of so much of a run. */
    static long part(long cpu, long length, long of) {
      return Math.round(cpu * Math.min(1, (double) length / Math.max(1, of)));
    }

    /** Which try this is, from 1. */
    int attempt() {
      return former == null ? task.attempt() : former.number();
    }

    /** What went wrong; null if nothing did. */
    String error() {
      return former == null ? task.error() : former.error();
    }

    long length() {
      return end - begin;
    }

    /** The CPU's share of it, 0 to 1. */
    double share() {
      return length() == 0 ? 0 : Math.clamp((double) cpu / length(), 0, 1);
    }
  }

  /** So much of the machine in use leaves nothing for more. */
  private static final double USED_UP = 0.8;

  static CellReport of(CellRecord record, ClusterView view) {
    long begin = record.begin();
    long end = record.end();
    List<TaskInfo> all = view == null ? List.of() : view.tasks();
    FormerTries former = FormerTries.of(all, view);
    List<TaskInfo> tasks = tasks(record, all, former, begin, end);
    long now = view == null ? end : view.now();
    Map<Long, List<Run>> byWorker = new TreeMap<>();
    Map<Shown, Integer> counts = new EnumMap<>(Shown.class);
    int retried = 0;
    int unknown = 0;
    for (int i = 0; i < tasks.size(); i++) {
      TaskInfo task = tasks.get(i);
      boolean open = task.ended() == 0 || task.ended() > end;
      boolean began = task.started() != 0 && task.started() < end;
      // As it was when the cell ended, whenever one asks.
      List<TaskAttempt> tries = former.between(task, begin, end);
      Shown waits = tries.isEmpty() ? Shown.QUEUED : Shown.RETRYING;
      Shown shown = !open ? Shown.of(task) : began ? Shown.RUNNING : waits;
      counts.merge(shown, 1, Integer::sum);
      retried += tries.isEmpty() && former.unknown(task) == 0 ? 0 : 1;
      unknown += former.unknown(task);
      for (TaskAttempt each : tries) {
        byWorker
            .computeIfAbsent(each.workerPid(), _ -> new ArrayList<>())
            .add(Run.former(i, task, each, begin, end));
      }
      if (began) {
        long from = Math.max(begin, task.started());
        long to = Math.max(from, Math.min(end, task.ended() == 0 ? now : task.ended()));
        long cpu = Run.part(task.cpuNs(), to - from, task.ranNs(now));
        byWorker
            .computeIfAbsent(task.workerPid(), _ -> new ArrayList<>())
            .add(new Run(i, task, shown, from, to, cpu, open, null));
      }
    }
    List<Lane> lanes = new ArrayList<>();
    byWorker.forEach((pid, runs) -> lanes.add(Lane.of(pid, runs)));
    lanes.sort(Comparator.comparingLong(Lane::busy).reversed());
    List<Span> waits =
        record.waits().stream()
            .map(w -> new Span(Math.max(begin, w.begin()), Math.min(end, w.end())))
            .filter(w -> w.length() > 0)
            .toList();
    return new CellReport(
        record.cell().label(),
        begin,
        end,
        record.cpu(),
        waits,
        lanes,
        counts,
        new Retries(retried, unknown),
        view == null ? 0 : view.totalResources().getOrDefault("CPU", 0.0),
        Runtime.getRuntime().availableProcessors(),
        view != null && view.tasksDropped() > 0);
  }

  private static List<TaskInfo> tasks(
      CellRecord record, List<TaskInfo> all, FormerTries former, long begin, long end) {
    String label = record.cell().label();
    return all.stream()
        .filter(task ->
            (label.equals(task.cell()) && task.submitted() >= begin && task.submitted() <= end)
                || (task.started() != 0
                    && task.started() < end
                    && (task.ended() == 0 || task.ended() > begin))
                || !former.between(task, begin, end).isEmpty())
        .sorted(Comparator.comparingLong(TaskInfo::submitted))
        .toList();
  }

  long wall() {
    return Math.max(1, end - begin);
  }

  int tasks() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  List<Run> runs() {
    return lanes.stream().flatMap(lane -> lane.runs().stream()).toList();
  }

  /** Names of the functions that ran, in order. */
  List<String> functions() {
    return runs().stream().map(run -> run.task().function()).distinct().sorted().toList();
  }

  /** Run time of all tasks inside the cell's time. */
  long ran() {
    return lanes.stream().mapToLong(Lane::busy).sum();
  }

  long workersCpu() {
    return runs().stream().mapToLong(Run::cpu).sum();
  }

  long waited() {
    return waits.stream().mapToLong(Span::length).sum();
  }

  int stillRunning() {
    return counts.getOrDefault(Shown.RUNNING, 0)
        + counts.getOrDefault(Shown.QUEUED, 0)
        + counts.getOrDefault(Shown.RETRYING, 0);
  }

  /** How often the wall time fits into running the tasks one by one; 0 if it cannot be told. */
  double speedUp() {
    return ran() == 0 || stillRunning() > 0 ? 0 : (double) oneByOne() / wall();
  }

  /**
   * What the tasks would take one after the other. Their run times, unless more ran at once than
   * there are cores: then each ran longer only because others did, and its CPU time and what it
   * waited count.
   */
  long oneByOne() {
    if (!isEstimate()) {
      return ran();
    }
    double crowd = (double) atOnce() / cores;
    return runs().stream()
        .mapToLong(run -> run.cpu() + (long) Math.max(0, run.length() - run.cpu() * crowd))
        .sum();
  }

  /** Whether runs were longer than they would be alone: more at once than cores, and those busy. */
  boolean isEstimate() {
    return atOnce() > cores && workersCpu() + driverCpu > USED_UP * cores * busySpan();
  }

  /** How many runs there were at once, at most. */
  private int atOnce() {
    int most = 0;
    int now = 0;
    for (long[] each : changes()) {
      now += (int) each[1];
      most = Math.max(most, now);
    }
    return most;
  }

  /** How long at least one task ran. */
  private long busySpan() {
    long span = 0;
    long since = 0;
    int now = 0;
    for (long[] each : changes()) {
      span += now > 0 ? each[0] - since : 0;
      since = each[0];
      now += (int) each[1];
    }
    return span;
  }

  /** Beginnings and ends of runs, in order: when, and 1 or -1. */
  private List<long[]> changes() {
    List<long[]> changes = new ArrayList<>();
    for (Run each : runs()) {
      changes.add(new long[] {each.begin(), 1});
      changes.add(new long[] {each.end(), -1});
    }
    changes.sort(
        Comparator.<long[]>comparingLong(each -> each[0]).thenComparingLong(each -> each[1]));
    return changes;
  }

  String title() {
    if (tasks() == 0) {
      return "No remote tasks; wall "
          + Amounts.duration(wall())
          + ", CPU "
          + Amounts.duration(driverCpu);
    }
    return (dropped ? "The latest " : "")
        + tasks()
        + (tasks() == 1 ? " task on " : " tasks on ")
        + lanes.size()
        + (lanes.size() == 1 ? " worker in " : " workers in ")
        + Amounts.duration(wall());
  }
}
