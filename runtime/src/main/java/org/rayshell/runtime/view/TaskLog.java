package org.rayshell.runtime.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.wire.TaskUpdate;

/** The tasks of a session as their owners last reported them. Thread-safe. */
public final class TaskLog {
  /** How many tasks are shown at most. */
  static final int SHOWN = 10_000;

  /** What the tasks of one worker used, and what it does. */
  static final class Usage {
    long done;
    long cpuNs;
    long busyNs;
    ObjectId current;
    String currentName;
  }

  private final Map<ObjectId, TaskUpdate> live = new LinkedHashMap<>();
  private final Map<ObjectId, TaskUpdate> ended = new LinkedHashMap<>();
  private final Map<Long, Usage> byWorker = new HashMap<>();
  private final TaskEvents events = new TaskEvents();
  private final TaskCounts counts = new TaskCounts();
  private long endedInAll;
  private long version;

  /** A task is made, which its owner has yet to report. */
  public synchronized void submitted(TaskUpdate task) {
    version++;
    counts.count(task, 1);
    counts.count(live.put(task.id(), task), -1);
  }

  /** A task has changed. */
  public synchronized void report(TaskUpdate task) {
    version++;
    events.add(task);
    counts.count(task, 1);
    if (!task.state().isTerminal()) {
      TaskUpdate before = ended.remove(task.id());
      if (before != null) {
        // What it had made is lost, and it runs again.
        counts.count(before, -1);
        endedInAll--;
      }
      counts.count(live.put(task.id(), task), -1);
      if (task.workerPid() != 0) {
        Usage usage = byWorker.computeIfAbsent(task.workerPid(), _ -> new Usage());
        usage.current = task.id();
        usage.currentName = task.function();
      }
      return;
    }
    counts.count(live.remove(task.id()), -1);
    endedInAll++;
    ended.put(task.id(), task);
    if (ended.size() > SHOWN) {
      var oldest = ended.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    if (task.workerPid() != 0) {
      account(task, byWorker.computeIfAbsent(task.workerPid(), _ -> new Usage()));
    }
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
    TaskUpdate task = live.get(id);
    if (task != null && task.cpuNs() != cpuNs) {
      live.put(id, task.withCpu(cpuNs));
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
    for (TaskUpdate task : List.copyOf(live.values())) {
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

  synchronized long dropped() {
    return endedInAll + live.size() - Math.min(SHOWN, ended.size() + live.size());
  }

  /** The newest tasks, oldest first. */
  public List<TaskInfo> tasks() {
    List<TaskUpdate> all;
    synchronized (this) {
      all = new ArrayList<>(ended.size() + live.size());
      all.addAll(ended.values());
      all.addAll(live.values());
    }
    if (all.size() > SHOWN) {
      // What has ended or runs is worth more than the long queue behind it.
      all.sort(Comparator.comparing((TaskUpdate t) -> rank(t)).thenComparing(newestFirst()));
      all = new ArrayList<>(all.subList(0, SHOWN));
    }
    all.sort(newestFirst().reversed());
    return all.stream().map(TaskUpdate::toInfo).toList();
  }

  private static Comparator<TaskUpdate> newestFirst() {
    return Comparator.comparingLong(TaskUpdate::submitted).reversed();
  }

  private static int rank(TaskUpdate task) {
    return task.started() != 0 && !task.state().isTerminal() ? 0 : 1;
  }

  /** All tasks that have not ended, oldest first. */
  public synchronized List<TaskUpdate> live() {
    return List.copyOf(live.values());
  }

  /** The task that makes the object; null if it is not known, or no longer. */
  synchronized TaskUpdate task(ObjectId id) {
    TaskUpdate task = live.get(id);
    return task != null ? task : ended.get(id);
  }

  /** How far the tasks of a cell are. */
  synchronized Progress progress(String cell, long now) {
    Progress.Count count = new Progress.Count(now);
    for (Map<ObjectId, TaskUpdate> each : List.of(ended, live)) {
      for (TaskUpdate task : each.values()) {
        if (cell.equals(task.cell())) {
          count.add(task);
        }
      }
    }
    return count.progress();
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
