package org.rayshell.runtime.view;

import org.rayshell.runtime.ObjectId;

/**
 * Where in their cells the driver's latest tasks were submitted, as far as that is known.
 * Thread-safe: one lock, a leaf.
 */
public final class CallPlaces {
  /** Rings; few look for one of them, and every task adds one. The unique part of the task's id. */
  private final long[] tasks = new long[TaskLog.SHOWN];

  private final String[] places = new String[TaskLog.SHOWN];
  private long added;

  /** A task is called at that place; null if it is not known. */
  void add(ObjectId task, String place) {
    if (place == null) {
      return;
    }
    synchronized (this) {
      int at = (int) (added++ % tasks.length);
      tasks[at] = task.unique();
      places[at] = place;
    }
  }

  /** The place of a task's call, {@code line 4}; null if it is not known. */
  public synchronized String of(ObjectId task) {
    for (long i = added - 1; i >= Math.max(0, added - tasks.length); i--) {
      int at = (int) (i % tasks.length);
      if (tasks[at] == task.unique()) {
        return places[at];
      }
    }
    return null;
  }
}
