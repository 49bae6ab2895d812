package org.rayshell.runtime.owner;

import java.util.ArrayList;
import java.util.List;
import org.rayshell.runtime.ObjectId;

/**
 * The tasks of an owner that have not ended, by what they make. There may be a million, and each
 * passes through within microseconds: so they are chained to one another, without a node for each.
 * Belongs to the loop.
 */
final class PendingTasks {
  private static final int FIRST = 256;

  /** Once all have ended it is made anew, if it is longer than this. */
  private static final int MOST_EMPTY = 1 << 14;

  private PendingTask[] table = new PendingTask[FIRST];
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The task that makes the object; null if it is none of these. */
  PendingTask get(ObjectId id) {
    PendingTask task = table[place(id)];
    while (task != null && !task.id().equals(id)) {
      task = task.chained;
    }
    return task;
  }

  /** Adds a task that is not here. */
  void add(PendingTask task) {
    if (size == table.length) {
      grow();
    }
    int place = place(task.id());
    task.chained = table[place];
    table[place] = task;
    size++;
  }

  /** Takes a task out, if it is here. */
  void remove(PendingTask task) {
    int place = place(task.id());
    PendingTask each = table[place];
    if (each == task) {
      table[place] = task.chained;
    } else {
      while (each != null && each.chained != task) {
        each = each.chained;
      }
      if (each == null) {
        return;
      }
      each.chained = task.chained;
    }
    task.chained = null;
    size--;
    if (size == 0 && table.length > MOST_EMPTY) {
      clear();
    }
  }

  /** All of them. */
  List<PendingTask> all() {
    List<PendingTask> all = new ArrayList<>(size);
    for (PendingTask first : table) {
      for (PendingTask each = first; each != null; each = each.chained) {
        all.add(each);
      }
    }
    return all;
  }

  void clear() {
    table = new PendingTask[FIRST];
    size = 0;
  }

  private void grow() {
    List<PendingTask> all = all();
    table = new PendingTask[table.length * 2];
    size = 0;
    all.forEach(this::add);
  }

  /**
   * Those that were made one after the other are neighbours, so that who goes through them, the
   * garbage collector too, finds them in few places.
   */
  private int place(ObjectId id) {
    return (int) IdSource.order(id) & table.length - 1;
  }
}
