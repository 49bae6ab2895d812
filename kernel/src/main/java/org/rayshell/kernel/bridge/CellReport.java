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
import org.rayshell.runtime.view.TaskInfo;

/**
 * Where a cell's wall time went; immutable. Tasks are those that the cell submitted and those that
 * ran while it did; what they did before or after it is left out. Nanoseconds.
 *
 * @param label the cell
 * @param begin when its code began, epoch nanoseconds
 * @param end when it ended
 * @param driverCpu CPU time of the driver's process
 * @param waits when it waited in {@code Ray.get} or {@code Ray.wait}
 * @param lanes the workers' work, by pid
 * @param counts how many tasks are in which state
 * @param cpus CPU slots of the cluster
 * @param workers how many workers there are
 */
record CellReport(
    String label,
    long begin,
    long end,
    long driverCpu,
    List<Span> waits,
    List<Lane> lanes,
    Map<Shown, Integer> counts,
    double cpus,
    int workers) {
  /** A worker's part; runs are in order. */
  record Lane(long pid, List<Run> runs, long busy) {}

  /** A task's run inside the cell's time; {@code open} if it went on. */
  record Run(int number, TaskInfo task, Shown shown, long begin, long end, long cpu, boolean open) {
    long length() {
      return end - begin;
    }
  }

  private static final double MOSTLY = 0.8;
  private static final double LITTLE = 0.2;
  private static final long TINY_NS = 5_000_000L;

  static CellReport of(CellRecord record, ClusterView view) {
    long begin = record.begin();
    long end = record.end();
    List<TaskInfo> tasks = view == null ? List.of() : tasks(record, view, begin, end);
    long now = view == null ? end : view.now();
    Map<Long, List<Run>> byWorker = new TreeMap<>();
    Map<Shown, Integer> counts = new EnumMap<>(Shown.class);
    for (int i = 0; i < tasks.size(); i++) {
      TaskInfo task = tasks.get(i);
      boolean open = task.ended() == 0 || task.ended() > end;
      Shown shown = Shown.of(task);
      counts.merge(shown, 1, Integer::sum);
      if (task.started() != 0 && task.started() < end) {
        long from = Math.max(begin, task.started());
        long to = Math.min(end, task.ended() == 0 ? now : task.ended());
        long ran = Math.max(1, task.ranNs(now));
        long cpu = Math.round((double) task.cpuNs() * Math.max(0, to - from) / ran);
        byWorker
            .computeIfAbsent(task.workerPid(), pid -> new ArrayList<>())
            .add(new Run(i, task, shown, from, Math.max(from, to), cpu, open));
      }
    }
    List<Lane> lanes = new ArrayList<>();
    byWorker.forEach((pid, runs) -> {
      runs.sort(Comparator.comparingLong(Run::begin));
      lanes.add(new Lane(pid, runs, runs.stream().mapToLong(Run::length).sum()));
    });
    List<Span> waits =
        record.waits().stream()
            .map(w -> new Span(Math.max(begin, w.begin()), Math.min(end, w.end())))
            .filter(w -> w.length() > 0)
            .toList();
    double cpus = view == null ? 0 : view.totalResources().getOrDefault("CPU", 0.0);
    return new CellReport(
        record.cell().label(), begin, end, record.cpu(), waits, lanes, counts, cpus, lanes.size());
  }

  private static List<TaskInfo> tasks(CellRecord record, ClusterView view, long begin, long end) {
    String label = record.cell().label();
    return view.tasks().stream()
        .filter(task ->
            (label.equals(task.cell()) && task.submitted() >= begin && task.submitted() <= end)
                || (task.started() != 0
                    && task.started() < end
                    && (task.ended() == 0 || task.ended() > begin)))
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
    return (int) runs().stream().filter(Run::open).count()
        + (counts.containsKey(Shown.QUEUED) ? counts.get(Shown.QUEUED) : 0);
  }

  /** How often the wall time fits into running the tasks one by one; 0 if it cannot be told. */
  double speedUp() {
    if (ran() == 0 || stillRunning() > 0) {
      return 0;
    }
    return (double) oneByOne() / wall();
  }

  /** What the tasks would take one after the other, with what the driver does beside waiting. */
  long oneByOne() {
    return ran();
  }

  String title() {
    if (tasks() == 0) {
      return "No remote tasks; wall "
          + Amounts.duration(wall())
          + ", CPU "
          + Amounts.duration(driverCpu);
    }
    return tasks()
        + (tasks() == 1 ? " task on " : " tasks on ")
        + lanes.size()
        + (lanes.size() == 1 ? " worker in " : " workers in ")
        + Amounts.duration(wall());
  }

  /** One sentence on what holds the cell up; empty if no rule fits. */
  String advice() {
    if (tasks() == 0 || lanes.isEmpty()) {
      return "";
    }
    double share = (double) workersCpu() / Math.max(1, ran());
    double busy = (double) ran() / (wall() * Math.max(1, Math.max(cpus, lanes.size())));
    long[] lengths = runs().stream().mapToLong(Run::length).sorted().toArray();
    long median = lengths[lengths.length / 2];
    if (median < TINY_NS && lengths.length > 10) {
      return "Tasks of " + Amounts.duration(median) + " cost more to send than to run; batch them.";
    }
    if ((double) driverCpu / wall() > 0.5) {
      return "The driver itself computed for "
          + Amounts.percent(driverCpu, wall())
          + " of the cell.";
    }
    if (oneAfterTheOther()) {
      return "Tasks ran one after another: Ray.get directly follows each call.";
    }
    if (share < LITTLE && busy > MOSTLY) {
      return "The tasks mostly wait: they used the CPU for "
          + Amounts.percent(workersCpu(), ran())
          + " of their run time. More workers than CPUs would shorten this cell.";
    }
    if (share > MOSTLY && busy > 0.4) {
      return "Compute-bound; the workers were busy for "
          + Math.round(100 * Math.min(1, busy))
          + " % of the cell.";
    }
    if (busy < 0.4) {
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

  /** Whether each task was submitted only after the one before it had ended. */
  private boolean oneAfterTheOther() {
    List<TaskInfo> inOrder = runs().stream().map(Run::task).distinct().toList();
    if (inOrder.size() < 3 || cpus < 2) {
      return false;
    }
    List<TaskInfo> sorted = new ArrayList<>(inOrder);
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
