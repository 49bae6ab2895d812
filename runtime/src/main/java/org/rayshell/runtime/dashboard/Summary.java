package org.rayshell.runtime.dashboard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.view.WorkerInfo;

/**
 * All that the page shows, of one moment. Times are epoch milliseconds, durations nanoseconds,
 * sizes bytes. Immutable.
 *
 * @param resources used and total by name
 */
record Summary(
    double now,
    double startedAt,
    boolean running,
    String session,
    long driverPid,
    String version,
    String java,
    Map<String, List<Double>> resources,
    Machine machine,
    long storedBytes,
    Tasks tasks,
    Timeline timeline,
    List<Worker> workers,
    int workersLeftOut,
    List<Task> rows,
    int rowsMatching) {

  private static final int MOST_ROWS = 100;
  private static final int MOST_WORKERS = 64;
  private static final int QUEUED_SHOWN = 20;
  private static final int CANCELLED_SHOWN = 20;
  private static final int RUNS_FOR_MEDIAN = 200;
  private static final double MS = 1e6;

  /** The machine: load 0 to 1, bytes of memory, those that the workers hold among them. */
  record Machine(int processors, double load, long used, long total, long workers) {}

  /**
   * All tasks together.
   *
   * @param sinceNs since the first call
   * @param leftNs estimated time to the end of all; -1 if it cannot be told
   */
  record Tasks(
      int total,
      int finished,
      int running,
      int queued,
      int failed,
      int cancelled,
      long dropped,
      long ranNs,
      long cpuNs,
      long sinceNs,
      long leftNs) {}

  /** A worker. */
  record Worker(
      String id,
      long pid,
      String state,
      String task,
      long tasks,
      double busy,
      long cpuNs,
      long upNs,
      long memory,
      String exit) {}

  /** A task. */
  record Task(
      String id,
      String function,
      String cell,
      String state,
      long worker,
      long queuedNs,
      long ranNs,
      long cpuNs,
      int attempt,
      long resultBytes,
      String error) {}

  /**
   * @param query {@code window} in seconds (0 for all) for the timeline; {@code state} and {@code
   *     q} for the rows
   */
  static Summary of(ClusterView view, Host host, Query query) {
    int window = query.number("window", 60, 0, 1_000_000);
    List<TaskInfo> all = view.tasks();
    long now = view.now();
    Map<String, List<Double>> resources = new LinkedHashMap<>();
    Map<String, Double> free = view.availableResources();
    view.totalResources()
        .forEach((name, total) ->
            resources.put(
                name, List.of(Math.max(0, total - free.getOrDefault(name, total)), total)));
    List<Worker> workers = workers(view.workers(), host, now);
    List<TaskInfo> matching = all.stream().filter(task -> matches(task, query)).toList();
    return new Summary(
        now / MS,
        view.startedAt() / MS,
        view.isRunning(),
        view.sessionName(),
        view.driverPid(),
        Version.text(),
        Runtime.version().feature()
            + "."
            + Runtime.version().interim()
            + "."
            + Runtime.version().update(),
        resources,
        machine(host, workers),
        view.storedBytes(),
        totals(all, view.tasksDropped(), slots(view), now),
        Timeline.of(all, now, window * 1_000_000_000L),
        workers.subList(0, Math.min(MOST_WORKERS, workers.size())),
        Math.max(0, workers.size() - MOST_WORKERS),
        rows(matching, now),
        matching.size());
  }

  /** The word for a task's state. */
  static String word(TaskInfo task) {
    return switch (task.state()) {
      case FINISHED -> "finished";
      case FAILED -> task.cancelled() ? "cancelled" : "failed";
      case RUNNING -> "running";
      case PENDING_ARGS_AVAIL, PENDING_NODE_ASSIGNMENT, SUBMITTED_TO_WORKER ->
          task.attempt() > 1 ? "retrying" : "queued";
    };
  }

  private static double slots(ClusterView view) {
    return Math.max(1, view.totalResources().getOrDefault("CPU", 1.0));
  }

  private static boolean matches(TaskInfo task, Query query) {
    String state = query.first("state");
    if (state != null && !state.isEmpty() && !state.equals(word(task))) {
      return false;
    }
    String text = query.first("q");
    if (text == null || text.isBlank()) {
      return true;
    }
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    return contains(task.function(), wanted)
        || contains(task.objectId(), wanted)
        || contains(task.cell(), wanted)
        || contains(task.error(), wanted);
  }

  private static boolean contains(String text, String wanted) {
    return text != null && text.toLowerCase(Locale.ROOT).contains(wanted);
  }

  /**
   * What needs a look comes first: failed, running, the next few queued, the latest cancelled, the
   * newest finished.
   */
  private static List<Task> rows(List<TaskInfo> tasks, long now) {
    List<TaskInfo> newestFirst = tasks.reversed();
    List<TaskInfo> chosen = new ArrayList<>();
    take(chosen, newestFirst, "failed", MOST_ROWS / 2);
    take(chosen, tasks, "running", MOST_ROWS);
    take(chosen, tasks, "retrying", QUEUED_SHOWN);
    take(chosen, tasks, "queued", QUEUED_SHOWN);
    take(chosen, newestFirst, "cancelled", CANCELLED_SHOWN);
    List<TaskInfo> finished = new ArrayList<>();
    take(finished, tasks, "finished", Integer.MAX_VALUE);
    finished.sort(Comparator.comparingLong(TaskInfo::ended).reversed());
    chosen.addAll(finished.subList(0, Math.min(finished.size(), MOST_ROWS)));
    return chosen.stream().limit(MOST_ROWS).map(task -> row(task, now)).toList();
  }

  private static void take(List<TaskInfo> into, List<TaskInfo> from, String state, int most) {
    from.stream().filter(task -> word(task).equals(state)).limit(most).forEach(into::add);
  }

  private static Task row(TaskInfo task, long now) {
    return new Task(
        task.objectId(),
        cut(task.function(), 80),
        task.cell(),
        word(task),
        task.workerPid(),
        task.queuedNs(now),
        task.ranNs(now),
        task.cpuNs(),
        task.attempt(),
        task.resultBytes(),
        cut(task.error(), 300));
  }

  private static String cut(String text, int most) {
    return text == null || text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  private static Machine machine(Host host, List<Worker> workers) {
    long total = host.totalBytes();
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        host.cpuLoad(),
        total - host.availableBytes(),
        total,
        workers.stream().mapToLong(Worker::memory).sum());
  }

  private static List<Worker> workers(List<WorkerInfo> infos, Host host, long now) {
    List<Worker> workers = new ArrayList<>();
    for (WorkerInfo info : infos) {
      boolean dead = info.state() == WorkerInfo.State.DEAD;
      long up = Math.max(0, (info.ended() != 0 ? info.ended() : now) - info.started());
      workers.add(
          new Worker(
              info.workerId(),
              info.pid(),
              info.state().name().toLowerCase(Locale.ROOT),
              cut(info.currentTask(), 80),
              info.tasksDone(),
              Math.min(1, info.busyNs() / (double) Math.max(1, up)),
              info.cpuNs(),
              up,
              dead ? 0 : host.residentBytes(info.pid()),
              info.exit()));
    }
    workers.sort(Comparator.comparing((Worker worker) -> worker.state().equals("dead")));
    return workers;
  }

  private static Tasks totals(List<TaskInfo> tasks, long dropped, double slots, long now) {
    Map<String, Integer> counts = new HashMap<>();
    long ran = 0;
    long cpu = 0;
    long first = Long.MAX_VALUE;
    long last = 0;
    for (TaskInfo task : tasks) {
      counts.merge(word(task), 1, Integer::sum);
      ran += task.ranNs(now);
      cpu += task.cpuNs();
      first = Math.min(first, task.submitted());
      last = Math.max(last, task.state().isTerminal() ? task.ended() : now);
    }
    int queued = counts.getOrDefault("queued", 0) + counts.getOrDefault("retrying", 0);
    return new Tasks(
        tasks.size(),
        counts.getOrDefault("finished", 0),
        counts.getOrDefault("running", 0),
        queued,
        counts.getOrDefault("failed", 0),
        counts.getOrDefault("cancelled", 0),
        dropped,
        ran,
        cpu,
        tasks.isEmpty() ? 0 : Math.max(0, last - first),
        left(tasks, queued, slots, now));
  }

  /** A guess from the median of the latest runs; -1 before three have ended. */
  private static long left(List<TaskInfo> tasks, int queued, double slots, long now) {
    long[] runs =
        tasks.reversed().stream()
            .filter(task -> task.state() == TaskState.FINISHED)
            .limit(RUNS_FOR_MEDIAN)
            .mapToLong(task -> task.ranNs(now))
            .sorted()
            .toArray();
    List<TaskInfo> running =
        tasks.stream().filter(task -> task.state() == TaskState.RUNNING).toList();
    if (runs.length < 3 || queued == 0 && running.isEmpty()) {
      return -1;
    }
    long median = runs[runs.length / 2];
    double work = (double) queued * median;
    for (TaskInfo task : running) {
      work += Math.max(0, median - task.ranNs(now));
    }
    return (long) (work / slots);
  }
}
