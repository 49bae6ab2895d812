package org.rayshell.runtime.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.wire.Message;

/**
 * The tasks that a worker was sent and has not begun. Each leaves it once: to be begun here, or to
 * go back to its owner. Thread-safe: its own lock.
 */
public final class TaskQueue {
  /**
   * A task and who sent it.
   *
   * @param owner the process that waits for the result
   */
  public record Assigned(Message.PushTask task, String owner) {}

  private final ArrayDeque<Assigned> tasks = new ArrayDeque<>();

  /** A task to run after the others. */
  public synchronized void add(Message.PushTask task, String owner) {
    tasks.add(new Assigned(task, owner));
    notify();
  }

  /** Takes the next task, to begin it; waits until there is one. For one thread. */
  public synchronized Assigned take() throws InterruptedException {
    while (tasks.isEmpty()) {
      wait();
    }
    return tasks.poll();
  }

  /** Takes the next task, to begin it; null if there is none. */
  public synchronized Assigned poll() {
    return tasks.poll();
  }

  /** Takes out the latest tasks of a lease, so many at most; in the order they came. */
  public synchronized List<ObjectId> giveBack(long lease, int max) {
    List<ObjectId> back = new ArrayList<>();
    Iterator<Assigned> latest = tasks.descendingIterator();
    while (back.size() < max && latest.hasNext()) {
      Message.PushTask task = latest.next().task;
      if (task.lease() == lease) {
        latest.remove();
        back.add(task.task());
      }
    }
    return back.reversed();
  }
}
