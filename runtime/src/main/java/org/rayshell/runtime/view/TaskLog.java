package org.rayshell.runtime.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.wire.TaskNews;
import org.rayshell.runtime.wire.TaskUpdate;

/** The tasks of a session as their owners last reported them. Thread-safe. */
public final class TaskLog {
  /** How many tasks are shown at most. */
  static final int SHOWN = 10_000;

  /** However many have ended, some of those that wait are shown, too. */
  private static final int WAITING_SHOWN = 1_000;

  /** Owners report a little late: what ended before may be behind what ended after. */
  private static final long OUT_OF_ORDER_NS = 1_000_000_000L;

  /** What the tasks of one worker used, and what it does. */
  static final class Usage {
    final long pid;
    long done;
    long cpuNs;
    long busyNs;
    ObjectId current;
    String currentName;

    Usage(long pid) {
      this.pid = pid;
    }
  }

  /** Those that have not begun, the next ones first. */
  private final TaskTable waiting = new TaskTable();

  private final TaskTable running = new TaskTable();
  private final TaskTable ended = new TaskTable();
  private final Map<Long, Usage> byWorker = new HashMap<>();

  /** Those of the workers that had a task lately, by the last bits of their pids. */
  private final Usage[] latest = new Usage[16];

  private final TaskEvents events = new TaskEvents();
  private final TaskCounts counts = new TaskCounts();
  private long endedInAll;
  private long version;

  /** A task is made, which its owner has yet to report. */
  public synchronized void submitted(TaskNews made) {
    version++;
    if (made.made() == TaskState.PENDING_NODE_ASSIGNMENT) {
      // Not what was made itself, which keeps its arguments.
      events.addMade(made);
    }
    counts.count(made, 1);
    counts.count(waiting.put(made), -1);
  }

  /** A task has changed. */
  public void report(TaskUpdate task) {
    report(task, task.kept());
  }

  /**
   * A task has changed.
   *
   * @param kept the same in as few bytes as can be
   */
  public synchronized void report(TaskUpdate task, TaskNews kept) {
    version++;
    events.add(kept);
    counts.count(task, 1);
    if (!task.state().isTerminal()) {
      TaskNews before = task.attempt() > 1 ? ended.remove(task.id()) : null;
      if (before != null) {
        // What it had made is lost, and it runs again.
        counts.count(before, -1);
        endedInAll--;
      }
      counts.count(putLive(task), -1);
      if (task.workerPid() != 0) {
        Usage usage = usage(task.workerPid());
        usage.current = task.id();
        usage.currentName = task.function();
      }
      return;
    }
    counts.count(removeLive(task.id()), -1);
    endedInAll++;
    ended.put(kept);
    if (ended.size() > SHOWN) {
      ended.removeOldest();
    }
    if (task.workerPid() != 0) {
      account(task, usage(task.workerPid()));
    }
  }

  private Usage usage(long pid) {
    int place = (int) pid & latest.length - 1;
    Usage usage = latest[place];
    if (usage == null || usage.pid != pid) {
      usage = byWorker.computeIfAbsent(pid, Usage::new);
      latest[place] = usage;
    }
    return usage;
  }

  /** Puts in a task that has not ended; what was known of it is returned, or null. */
  private TaskNews putLive(TaskUpdate task) {
    boolean runs = task.started() != 0;
    TaskNews elsewhere = (runs ? waiting : running).remove(task.id());
    TaskNews before = (runs ? running : waiting).put(task);
    return before != null ? before : elsewhere;
  }

  private TaskNews removeLive(ObjectId id) {
    TaskNews task = running.remove(id);
    return task != null ? task : waiting.remove(id);
  }

  private static void account(TaskUpdate task, Usage usage) {
    if (task.id().equals(usage.current)) {
      usage.current = null;
      usage.currentName = null;
    }
    if (task.started() != 0) {
      usage.done++;
      usage.cpuNs += task.cpuNs();
      usage.busyNs += Math.max(0, task.ended() - task.started());
    }
  }

  /** A task that runs has used so much CPU. */
  public synchronized void heartbeat(ObjectId id, long cpuNs) {
    TaskUpdate task = running.get(id);
    if (task != null && task.cpuNs() != cpuNs) {
      TaskUpdate now = task.withCpu(cpuNs);
      counts.count(now, 1);
      counts.count(running.put(now), -1);
      version++;
    }
  }

  /** A process has ended: the tasks it owned have, too. */
  public synchronized void processEnded(long pid, long now) {
    byWorker.computeIfPresent(
        pid,
        (_, usage) -> {
          usage.current = null;
          usage.currentName = null;
          return usage;
        });
    for (TaskUpdate task : live()) {
      if (task.ownerPid() == pid) {
        report(task.failed(now, "its owner, process " + pid + ", died"));
      }
    }
  }

  /** Something else has changed that is seen in the same picture. */
  public synchronized void touch() {
    version++;
  }

  synchronized long version() {
    return version;
  }

  /** The latest states that tasks came into, oldest first. */
  List<TaskEvent> events() {
    List<TaskUpdate> all;
    synchronized (this) {
      all = events.all();
    }
    return all.stream().map(TaskEvents::event).toList();
  }

  synchronized List<TaskCount> counts() {
    return counts.all();
  }

  synchronized long eventsDropped() {
    return events.dropped();
  }

  /** How many tasks are not in {@link #tasks}. */
  public synchronized long dropped() {
    return endedInAll
        + waiting.size()
        + running.size()
        - Math.min(SHOWN, ended.size() + waiting.size() + running.size());
  }

  /** How many tasks have ended and are forgotten. */
  public synchronized long forgotten() {
    return endedInAll - ended.size();
  }

  /**
   * The newest tasks, oldest first. Those that run are all there; then the latest that have ended,
   * and the first of the queue behind them.
   */
  public List<TaskInfo> tasks() {
    List<TaskUpdate> all = new ArrayList<>();
    synchronized (this) {
      all.addAll(running.all());
      int room = Math.max(0, SHOWN - all.size());
      int queued = Math.min(waiting.size(), Math.max(WAITING_SHOWN, room - ended.size()));
      queued = Math.min(queued, room);
      waiting.forEach(0, queued, all::add);
      ended.forEach(Math.max(0, ended.size() - (room - queued)), ended.size(), all::add);
    }
    all.sort(Comparator.comparingLong(TaskUpdate::submitted));
    return all.stream().map(TaskUpdate::toInfo).toList();
  }

  /** Those that run, and those that ran and ended after that moment, epoch nanoseconds. */
  public List<TaskInfo> ranSince(long moment) {
    List<TaskUpdate> all;
    synchronized (this) {
      all = running.all();
      ended.forEachLatest(task -> {
        if (task.started() != 0 && task.ended() > moment) {
          all.add(task);
        }
        return task.ended() >= moment - OUT_OF_ORDER_NS;
      });
    }
    return all.stream().map(TaskUpdate::toInfo).toList();
  }

  /** All tasks together. */
  public synchronized TaskTotals totals(long now) {
    return counts.totals(now);
  }

  /** All tasks by function. */
  public synchronized List<FunctionInfo> functions(long now) {
    return counts.functions(now);
  }

  /** The median of all runs, in nanoseconds; 0 before there are three. */
  public synchronized long medianRunNs() {
    return counts.medianRunNs();
  }

  /**
   * The tasks that changed after so many changes.
   *
   * @param most how many are told
   */
  public TaskChanges changes(long after, int most) {
    Map<ObjectId, TaskUpdate> changed = new LinkedHashMap<>();
    long upTo;
    long missed;
    synchronized (this) {
      upTo = events.added();
      long from = Math.max(after, events.dropped());
      long next = upTo;
      while (next > from && changed.size() < most) {
        TaskUpdate update = events.get(--next);
        TaskUpdate now = task(update.id());
        changed.putIfAbsent(update.id(), now == null ? update : now);
      }
      missed = Math.max(0, next - after);
    }
    return new TaskChanges(
        upTo, changed.values().stream().map(TaskUpdate::toInfo).toList(), missed);
  }

  /** All tasks that have not ended, those that run first. */
  public synchronized List<TaskUpdate> live() {
    List<TaskUpdate> live = running.all();
    live.addAll(waiting.all());
    return live;
  }

  /** The task that makes the object; null if it is not known, or no longer. */
  public synchronized TaskUpdate task(ObjectId id) {
    TaskUpdate task = running.get(id);
    task = task != null ? task : waiting.get(id);
    return task != null ? task : ended.get(id);
  }

  /** How far all tasks of a cell are. */
  synchronized Progress progress(String cell, long now) {
    return counts.progress(cell, now);
  }

  /** A worker with what its tasks used. */
  synchronized WorkerInfo withUsage(WorkerInfo worker) {
    Usage usage = byWorker.get(worker.pid());
    if (usage == null) {
      return worker;
    }
    boolean works =
        worker.state() == WorkerInfo.State.RUNNING || worker.state() == WorkerInfo.State.BLOCKED;
    return new WorkerInfo(
        worker.workerId(),
        worker.pid(),
        worker.state(),
        works ? usage.currentName : null,
        usage.done,
        usage.cpuNs,
        usage.busyNs,
        worker.started(),
        worker.ended(),
        worker.exit());
  }
}
