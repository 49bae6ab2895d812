package org.rayshell.cluster.task;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.rayshell.RayException;
import org.rayshell.cluster.link.GatewayLink;
import org.rayshell.runtime.ObjectId;

/**
 * A slot as its worker has it: the calls that were sent and have not begun. They go back to the
 * gateway as soon as the one that runs blocks, takes long, or is the last: what runs elsewhere in
 * the meantime must not wait here. Thread-safe: one lock.
 */
final class TaskSlot {
  private final ObjectId id;
  private final GatewayLink link;
  private final Deque<TaskCall> waiting = new ArrayDeque<>();
  private ObjectId running;
  private long begun;
  private boolean watched;
  private boolean kept;
  private boolean closed;

  TaskSlot(ObjectId id, GatewayLink link) {
    this.id = id;
    this.link = link;
  }

  ObjectId id() {
    return id;
  }

  /** The next call; waits for it. Null if there is none any more. */
  synchronized TaskCall next() {
    running = null;
    while (waiting.isEmpty() && !closed) {
      try {
        wait();
      } catch (InterruptedException _) {
        // Meant for a task that has ended.
      }
    }
    TaskCall call = waiting.poll();
    if (call != null) {
      running = call.task();
      begun++;
    }
    return call;
  }

  synchronized void add(List<TaskCall> calls) {
    waiting.addAll(calls);
    if (closed) {
      handBack();
      return;
    }
    notifyAll();
    if (!watched && waiting.size() + (running == null ? 0 : 1) > 1) {
      watch();
    }
  }

  private void watch() {
    watched = true;
    long seen = begun;
    link.soon(() -> look(seen));
  }

  private synchronized void look(long seen) {
    watched = false;
    if (begun == seen) {
      handBack();
    } else if (!waiting.isEmpty()) {
      watch();
    }
  }

  /** Who waits is to be run elsewhere. */
  synchronized void handBack() {
    if (waiting.isEmpty()) {
      return;
    }
    List<ObjectId> tasks = waiting.stream().map(TaskCall::task).toList();
    waiting.clear();
    try {
      link.returned(id, tasks);
    } catch (RayException _) {
      // The gateway is gone, and with it who wants them.
    }
  }

  /** No more calls come. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** What the task makes is to be in Ray's store. */
  synchronized void keep(ObjectId task) {
    if (task.equals(running)) {
      kept = true;
      link.kept(task);
    } else if (waiting.stream().anyMatch(call -> call.task().equals(task))) {
      handBack();
    }
  }

  /**
   * The call that runs has a result.
   *
   * @param told whether the gateway is sent it
   */
  synchronized void made(boolean told) {
    running = null;
    kept |= !told;
    if (kept) {
      closed = true;
      handBack();
    }
  }

  /** Whether the result of the call that has ended is what Ray is to keep of the slot. */
  synchronized boolean isOver() {
    return kept;
  }
}
