package org.rayshell.runtime.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.wire.TaskNews;
import org.rayshell.runtime.wire.TaskRows;
import org.rayshell.runtime.wire.TaskUpdate;

/**
 * Tasks by what they make, in the order in which they came. There may be a million, each for a
 * moment: so none has a node of its own, but a number in a line, and the line is closed up when it
 * has more gaps than tasks. Belongs to {@link TaskLog}'s lock.
 */
final class TaskTable {
  private static final int FIRST = 64;

  /** Once all have gone it is made anew, if it has room for more than this. */
  private static final int MOST_EMPTY = 1 << 14;

  /** In order of arrival; empty where one has gone. */
  private TaskRows line = new TaskRows(FIRST);

  /** By id: one more than the place in the line; 0 where none is. Twice as long as the line. */
  private int[] slots = new int[2 * FIRST];

  /** The place of the oldest one, or of a gap before it. */
  private int oldest;

  private int end;
  private int size;

  int size() {
    return size;
  }

  /** The task that makes the object; null if it is none of these. */
  TaskUpdate get(ObjectId id) {
    int at = slots[slot(id)];
    return at == 0 ? null : line.get(at - 1);
  }

  /** Puts a task in the place of what was known of it, which is returned; else last, and null. */
  TaskNews put(TaskNews task) {
    int slot = slot(task.id());
    int at = slots[slot];
    if (at != 0) {
      TaskNews before = line.news(at - 1);
      line.set(at - 1, task);
      return before;
    }
    if (end == line.size()) {
      closeUp();
      slot = slot(task.id());
    }
    line.set(end++, task);
    slots[slot] = end;
    size++;
    return null;
  }

  /** Takes out a task and returns it; null if it is none of these. */
  TaskNews remove(ObjectId id) {
    int slot = slot(id);
    int at = slots[slot];
    if (at == 0) {
      return null;
    }
    TaskNews task = line.news(at - 1);
    removeAt(slot);
    return task;
  }

  /** Takes out the one that came first; there is one. */
  void removeOldest() {
    int mask = slots.length - 1;
    int slot = (int) line.unique(oldest) & mask;
    while (slots[slot] != oldest + 1) {
      slot = slot + 1 & mask;
    }
    removeAt(slot);
  }

  private void removeAt(int slot) {
    line.clear(slots[slot] - 1);
    size--;
    vacate(slot);
    if (size == 0 && line.size() > MOST_EMPTY) {
      line = new TaskRows(FIRST);
      slots = new int[2 * FIRST];
      oldest = 0;
      end = 0;
    }
    while (oldest < end && line.isEmpty(oldest)) {
      oldest++;
    }
  }

  /** Those of so many, the oldest first, that come after some that are skipped. */
  void forEach(int skip, int most, Consumer<TaskUpdate> action) {
    int left = most;
    int before = skip;
    for (int i = oldest; i < end && left > 0; i++) {
      if (!line.isEmpty(i) && --before < 0) {
        action.accept(line.get(i));
        left--;
      }
    }
  }

  /** All of them, the oldest first. */
  List<TaskUpdate> all() {
    List<TaskUpdate> all = new ArrayList<>(size);
    forEach(0, size, all::add);
    return all;
  }

  /** Those that came last first, as long as the action wants more. */
  void forEachLatest(Predicate<TaskUpdate> action) {
    for (int i = end - 1; i >= oldest; i--) {
      if (!line.isEmpty(i) && !action.test(line.get(i))) {
        return;
      }
    }
  }

  /** Where the id is, or would be. */
  private int slot(ObjectId id) {
    int mask = slots.length - 1;
    // The unique bytes of an id are spread evenly.
    int slot = (int) id.unique() & mask;
    while (slots[slot] != 0 && !line.makes(slots[slot] - 1, id)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  /** Leaves no gap in the way of those that were put behind this slot. */
  private void vacate(int gone) {
    int mask = slots.length - 1;
    int free = gone;
    for (int i = gone + 1 & mask; slots[i] != 0; i = i + 1 & mask) {
      int wanted = (int) line.unique(slots[i] - 1) & mask;
      if ((i - wanted & mask) >= (i - free & mask)) {
        slots[free] = slots[i];
        free = i;
      }
    }
    slots[free] = 0;
  }

  private void closeUp() {
    int to = 0;
    for (int from = oldest; from < end; from++) {
      if (!line.isEmpty(from)) {
        line.move(from, to++);
      }
    }
    oldest = 0;
    end = to;
    if (size > line.size() / 2) {
      line.grow(2 * line.size());
      slots = new int[2 * line.size()];
    } else {
      Arrays.fill(slots, 0);
    }
    int mask = slots.length - 1;
    for (int i = 0; i < end; i++) {
      int slot = (int) line.unique(i) & mask;
      while (slots[slot] != 0) {
        slot = slot + 1 & mask;
      }
      slots[slot] = i + 1;
    }
  }
}
