package org.rayshell.runtime.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.wire.TaskNews;
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

  /** In order of arrival; null where one has gone. */
  private TaskNews[] line = new TaskNews[FIRST];

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
    return at == 0 ? null : line[at - 1].update();
  }

  /** Puts a task in the place of what was known of it, which is returned; else last, and null. */
  TaskNews put(TaskNews task) {
    int slot = slot(task.id());
    int at = slots[slot];
    if (at != 0) {
      TaskNews before = line[at - 1];
      line[at - 1] = task;
      return before;
    }
    if (end == line.length) {
      closeUp();
      slot = slot(task.id());
    }
    line[end++] = task;
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
    TaskNews task = line[at - 1];
    line[at - 1] = null;
    size--;
    vacate(slot);
    if (size == 0 && line.length > MOST_EMPTY) {
      line = new TaskNews[FIRST];
      slots = new int[2 * FIRST];
      oldest = 0;
      end = 0;
    }
    while (oldest < end && line[oldest] == null) {
      oldest++;
    }
    return task;
  }

  /** Takes out the one that came first; there is one. */
  void removeOldest() {
    remove(line[oldest].id());
  }

  /** Those of so many, the oldest first, that come after some that are skipped. */
  void forEach(int skip, int most, Consumer<TaskUpdate> action) {
    int left = most;
    int before = skip;
    for (int i = oldest; i < end && left > 0; i++) {
      if (line[i] != null && --before < 0) {
        action.accept(line[i].update());
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
      if (line[i] != null && !action.test(line[i].update())) {
        return;
      }
    }
  }

  /** Where the id is, or would be. */
  private int slot(ObjectId id) {
    int mask = slots.length - 1;
    // The unique bytes of an id are spread evenly.
    int slot = (int) id.unique() & mask;
    while (slots[slot] != 0 && !line[slots[slot] - 1].id().equals(id)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  /** Leaves no gap in the way of those that were put behind this slot. */
  private void vacate(int gone) {
    int mask = slots.length - 1;
    int free = gone;
    for (int i = gone + 1 & mask; slots[i] != 0; i = i + 1 & mask) {
      int wanted = (int) line[slots[i] - 1].id().unique() & mask;
      if ((i - wanted & mask) >= (i - free & mask)) {
        slots[free] = slots[i];
        free = i;
      }
    }
    slots[free] = 0;
  }

  private void closeUp() {
    TaskNews[] before = line;
    int from = oldest;
    if (size > line.length / 2) {
      line = new TaskNews[2 * line.length];
      slots = new int[2 * line.length];
    } else {
      line = new TaskNews[line.length];
      Arrays.fill(slots, 0);
    }
    oldest = 0;
    end = 0;
    size = 0;
    for (int i = from; i < before.length; i++) {
      if (before[i] != null) {
        put(before[i]);
      }
    }
  }
}
