package org.rayshell.runtime.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each worker ran when, from the session's task events: a lane for each worker, a bar for each
 * try of a task. Neighbours that are too close to be told apart are one bar. Immutable. Times are
 * epoch nanoseconds.
 *
 * @param from when the first try began
 * @param to now, if one still runs, else when the last ended
 * @param lanes by process
 * @param dropped how many events of before are not known any more
 */
public record WorkerLanes(long from, long to, List<Lane> lanes, long dropped) {
  /**
   * A worker's part.
   *
   * @param busyNs how long it ran tasks
   * @param tries how many
   */
  public record Lane(long pid, long busyNs, int tries, List<Bar> bars) {}

  /**
   * A try, or several that are close to each other.
   *
   * @param cpu share of the time that was CPU time, 0 to 1
   * @param state how it ended; FAILED if one of several failed
   * @param tries how many
   * @param function of the first
   */
  public record Bar(
      long from, long to, double cpu, TaskState state, int tries, String function, String cell) {
    /** How long it is. */
    public long length() {
      return to - from;
    }
  }

  /** How many tries there are. */
  public int tries() {
    return lanes.stream().mapToInt(Lane::tries).sum();
  }

  /** How long it all took. */
  public long span() {
    return Math.max(1, to - from);
  }

  private record Try(String taskId, int attempt) {}

  /**
   * The lanes of a session so far.
   *
   * @param parts how many parts of the whole time can be told apart
   */
  public static WorkerLanes of(ClusterView view, int parts) {
    long now = view.now();
    Map<String, Long> cpuSoFar = new HashMap<>();
    view.tasks().forEach(task -> cpuSoFar.put(task.taskId(), task.cpuNs()));
    Map<Try, TaskEvent> last = new LinkedHashMap<>();
    Map<Try, Long> replaced = new HashMap<>();
    for (TaskEvent event : view.taskEvents()) {
      last.put(new Try(event.taskId(), event.attempt()), event);
      replaced.putIfAbsent(new Try(event.taskId(), event.attempt() - 1), event.at());
    }
    Map<Long, List<Bar>> byWorker = new TreeMap<>();
    last.forEach((which, event) -> {
      if (event.started() != 0 && event.workerPid() != 0) {
        Bar bar = bar(event, replaced.get(which), cpuSoFar.get(event.taskId()), now);
        byWorker.computeIfAbsent(event.workerPid(), _ -> new ArrayList<>()).add(bar);
      }
    });
    List<Bar> all = byWorker.values().stream().flatMap(List::stream).toList();
    long from = all.stream().mapToLong(Bar::from).min().orElse(now);
    long to = all.stream().mapToLong(Bar::to).max().orElse(now);
    long close = Math.max(1, (to - from) / parts);
    List<Lane> lanes = new ArrayList<>();
    byWorker.forEach((pid, bars) -> {
      bars.sort(Comparator.comparingLong(Bar::from));
      long busy = bars.stream().mapToLong(Bar::length).sum();
      lanes.add(new Lane(pid, busy, bars.size(), merged(bars, close)));
    });
    return new WorkerLanes(from, to, List.copyOf(lanes), view.taskEventsDropped());
  }

  private static Bar bar(TaskEvent event, Long replaced, Long cpuSoFar, long now) {
    boolean over = event.state().isTerminal();
    long to = replaced != null ? replaced : over ? event.at() : now;
    long length = Math.max(1, to - event.started());
    long cpu = over ? event.cpuNs() : replaced == null && cpuSoFar != null ? cpuSoFar : 0;
    return new Bar(
        event.started(),
        Math.max(event.started(), to),
        Math.min(1, (double) cpu / length),
        replaced != null ? TaskState.FAILED : event.state(),
        1,
        event.function(),
        event.cell());
  }

  private static List<Bar> merged(List<Bar> bars, long close) {
    List<Bar> merged = new ArrayList<>();
    for (Bar bar : bars) {
      Bar before = merged.isEmpty() ? null : merged.getLast();
      if (before != null && bar.to - before.from <= close) {
        merged.set(merged.size() - 1, both(before, bar));
      } else {
        merged.add(bar);
      }
    }
    return List.copyOf(merged);
  }

  private static Bar both(Bar a, Bar b) {
    double length = Math.max(1, a.length() + b.length());
    boolean failed = a.state == TaskState.FAILED || b.state == TaskState.FAILED;
    return new Bar(
        a.from,
        Math.max(a.to, b.to),
        (a.cpu * a.length() + b.cpu * b.length()) / length,
        failed ? TaskState.FAILED : b.state,
        a.tries + b.tries,
        a.function,
        a.cell);
  }
}
