package org.rayshell.runtime.dashboard;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskTotals;

/**
 * The figures of the whole session, all of one moment: every card shows those of the same summary.
 * Times are epoch milliseconds, durations nanoseconds, sizes bytes. Immutable.
 *
 * @param changes how many changes of tasks there have been
 * @param resources used and total by name
 */
record Summary(
    BigDecimal now,
    BigDecimal startedAt,
    boolean running,
    String session,
    long driverPid,
    String version,
    String java,
    long changes,
    Map<String, List<Double>> resources,
    Machine machine,
    Store store,
    Tasks tasks,
    Workers workers) {

  /** The machine: load 0 to 1, bytes of memory, those that the workers hold among them. */
  record Machine(int processors, double load, long used, long total, long workers) {}

  /** What the driver's objects take in memory, and those of all processes on the disk. */
  record Store(long used, double total, long objects, long spilled) {}

  /**
   * All tasks together.
   *
   * @param sinceNs since the first call, until the last task ended
   * @param leftNs estimated time to the end of all; -1 if it cannot be told
   * @param dropped how many have ended and are no longer listed
   */
  record Tasks(
      long total,
      long finished,
      long running,
      long queued,
      long retrying,
      long failed,
      long cancelled,
      long dropped,
      long ranNs,
      long cpuNs,
      long sinceNs,
      long leftNs) {}

  /**
   * The workers by what they do.
   *
   * @param lastDeath the last one that ended and was not meant to; null if none has
   */
  record Workers(int running, int blocked, int idle, int starting, int dead, Death lastDeath) {}

  /** How a worker ended. */
  record Death(long worker, String exit, BigDecimal at) {}

  static Summary of(ClusterView view, Host host) {
    // Before all else: what changes meanwhile is told next time.
    long changes = view.taskChanges(Long.MAX_VALUE, 0).upTo();
    long now = view.now();
    Map<String, List<Double>> resources = new LinkedHashMap<>();
    Map<String, Double> free = view.availableResources();
    view.totalResources()
        .forEach((name, total) ->
            resources.put(
                name, List.of(Math.max(0, total - free.getOrDefault(name, total)), total)));
    List<WorkerList.Row> workers = new WorkerList(view, host).rows();
    double storeBytes = resources.getOrDefault("object_store_memory", List.of(0.0, 0.0)).getLast();
    return new Summary(
        Words.time(now),
        Words.time(view.startedAt()),
        view.isRunning(),
        view.sessionName(),
        view.driverPid(),
        Version.text(),
        Version.java(),
        changes,
        resources,
        machine(host, workers),
        store(view, storeBytes),
        tasks(view, now),
        workers(workers));
  }

  private static Store store(ClusterView view, double total) {
    long spilled = view.spilledBytes();
    long used = Math.max(0, view.storedBytes() - spilled);
    return new Store(used, total, view.objectCount(), spilled);
  }

  private static Machine machine(Host host, List<WorkerList.Row> workers) {
    long total = host.totalBytes();
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        host.cpuLoad(),
        total - host.availableBytes(),
        total,
        workers.stream().mapToLong(WorkerList.Row::memoryBytes).sum());
  }

  private static Workers workers(List<WorkerList.Row> workers) {
    Death last = null;
    for (WorkerList.Row worker : workers) {
      boolean died = worker.endedAt() != null && !"exit code 0".equals(worker.exit());
      if (died && (last == null || worker.endedAt().compareTo(last.at) > 0)) {
        last = new Death(worker.pid(), worker.exit(), worker.endedAt());
      }
    }
    return new Workers(
        count(workers, "running"),
        count(workers, "blocked"),
        count(workers, "idle"),
        count(workers, "starting"),
        count(workers, "dead"),
        last);
  }

  private static int count(List<WorkerList.Row> workers, String state) {
    return (int) workers.stream().filter(worker -> worker.state().equals(state)).count();
  }

  private static Tasks tasks(ClusterView view, long now) {
    TaskTotals totals = view.taskTotals();
    boolean over = totals.done() == totals.total();
    long since =
        totals.first() == 0 ? 0 : Math.max(0, (over ? totals.last() : now) - totals.first());
    return new Tasks(
        totals.total(),
        totals.finished(),
        totals.running(),
        totals.queued(),
        totals.retrying(),
        totals.failed(),
        totals.cancelled(),
        view.tasksForgotten(),
        totals.ranNs(),
        totals.cpuNs(),
        since,
        over ? -1 : left(totals, view));
  }

  /** A guess from the median of the runs; -1 before three have ended. */
  private static long left(TaskTotals totals, ClusterView view) {
    long median = view.medianRunNs();
    double slots = Math.max(1, view.totalResources().getOrDefault("CPU", 1.0));
    // Those that run are half done, as far as anybody knows.
    double runs = totals.queued() + totals.retrying() + totals.running() / 2.0;
    return median == 0 ? -1 : (long) (runs * median / slots);
  }
}
