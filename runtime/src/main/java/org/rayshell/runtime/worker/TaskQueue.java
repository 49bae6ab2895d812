package org.rayshell.runtime.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.wire.Message;

/**
 * The tasks that a worker was sent and has not begun. Each leaves it once: to be begun here, to go
 * back to its owner, or because it is not wanted any more. Thread-safe: its own lock.
 *
 * @param <T> what belongs to a task
 */
public final class TaskQueue<T> {
  /** A task and what belongs to it. */
  public record Assigned<T>(Message.PushTask task, T with) {}

  private final ArrayDeque<Assigned<T>> tasks = new ArrayDeque<>();

  /** A task to run after the others. */
  public synchronized void add(Message.PushTask task, T with) {
    tasks.add(new Assigned<>(task, with));
  }

  /** Whether there is none. */
  public synchronized boolean isEmpty() {
    return tasks.isEmpty();
  }

  /** Takes the next task, to begin it; null if there is none. */
  public synchronized Assigned<T> poll() {
    return tasks.poll();
  }

  /** Takes a task out that is not to be begun; false if it is not here. */
  public synchronized boolean remove(ObjectId task) {
    return tasks.removeIf(each -> each.task.task().equals(task));
  }

  /** Takes out the latest tasks of a lease, so many at most; in the order they came. */
  public synchronized List<ObjectId> giveBack(long lease, int max) {
    List<ObjectId> back = new ArrayList<>();
    Iterator<Assigned<T>> latest = tasks.descendingIterator();
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
