package org.rayshell.runtime.owner;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.rayshell.runtime.wire.Peers;

/**
 * A worker that the raylet has lent to this owner, and the tasks it was sent: it runs them one
 * after the other in that order. Belongs to the loop.
 */
final class Lease {
  /** So much work may be sent ahead, by what is known of the functions. */
  private static final long AHEAD_NS = 500_000;

  private static final int MOST_TASKS = 256;

  final long id;
  final String worker;
  final long workerPid;
  final ShapeQueue queue;
  private final ArrayDeque<PendingTask> tasks = new ArrayDeque<>();
  private long workNs;

  /**
   * Whether any number of tasks may be there at a time: it leads to a cluster, not to a process.
   */
  final boolean wide;

  /** Whether the raylet wants it back after the task that runs. */
  boolean reclaimed;

  /** Whether the worker was asked for tasks and has not answered. */
  boolean asked;

  /** Whether the worker had fewer tasks to give back than were wanted, and got none since. */
  boolean drained;

  /** Whether the worker cannot be reached; the raylet is to say how it ended. */
  boolean lost;

  /** The task that takes long or waits for others: nothing is sent before it ends; or null. */
  private PendingTask holder;

  Lease(long id, String worker, long workerPid, ShapeQueue queue) {
    this.id = id;
    this.worker = worker;
    this.workerPid = workerPid;
    this.queue = queue;
    this.wide = worker.equals(Peers.GATEWAY);
  }

  boolean isIdle() {
    return tasks.isEmpty();
  }

  /** What it has to do, by what is known of the functions. */
  long workNs() {
    return workNs;
  }

  /** What it has to do after the task that runs; by now more may be known than at the sending. */
  long waitingNs() {
    if (tasks.size() < 2) {
      return 0;
    }
    long then = workNs - tasks.peek().run().expectedNs;
    long now = tasks.peekLast().expectedNs();
    return Math.max(then, Math.min(now, RemoteFunction.LONG / MOST_TASKS) * (tasks.size() - 1));
  }

  /** How many tasks wait for the one that runs. */
  int waiting() {
    return Math.max(0, tasks.size() - 1);
  }

  /** The task that was sent last; there is one. */
  PendingTask last() {
    return tasks.getLast();
  }

  boolean canBeAsked() {
    return !wide && !asked && !drained && !lost && holder == null && waiting() > 0;
  }

  /**
   * Whether the task may be sent: always if there is nothing to do, else only if all of it is known
   * to be short.
   */
  boolean hasRoomFor(PendingTask task) {
    if (lost || reclaimed || holder != null) {
      return false;
    }
    if (wide) {
      return true;
    }
    return tasks.isEmpty()
        || !asked
            && tasks.size() < Math.min(MOST_TASKS, task.function().mostAtOnce())
            && workNs + task.expectedNs() <= AHEAD_NS;
  }

  void sent(PendingTask task) {
    task.run().expectedNs = task.expectedNs();
    workNs += task.run().expectedNs;
    tasks.add(task);
    task.run().lease = this;
    drained = false;
  }

  /** The task has ended, or was not begun and is not to be any more; false if it is not here. */
  boolean remove(PendingTask task) {
    // Most often the first.
    if (!tasks.remove(task)) {
      return false;
    }
    task.run().lease = null;
    workNs -= task.run().expectedNs;
    if (holder == task) {
      holder = null;
    }
    return true;
  }

  /** Nothing is sent until this task has ended. */
  void hold(PendingTask task) {
    if (task.lease() == this) {
      holder = task;
    }
  }

  /** Takes out all tasks; in the order they were sent. */
  List<PendingTask> removeAll() {
    List<PendingTask> all = new ArrayList<>(tasks);
    all.forEach(task -> task.run().lease = null);
    tasks.clear();
    return all;
  }
}
