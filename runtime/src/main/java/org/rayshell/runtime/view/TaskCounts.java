package org.rayshell.runtime.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rayshell.runtime.wire.TaskUpdate;

/** How many tasks of each function are in each state. Belongs to {@link TaskLog}'s lock. */
final class TaskCounts {
  /** More functions than this are counted as one, so that names made by a loop take no memory. */
  static final int MOST_FUNCTIONS = 1000;

  static final String OTHER = "(other)";

  private static final TaskState[] STATES = TaskState.values();

  private final Map<String, long[]> byFunction = new LinkedHashMap<>();

  /** Adds to the count of such tasks; does nothing for null. */
  void count(TaskUpdate task, int change) {
    if (task == null) {
      return;
    }
    long[] counts = byFunction.get(task.function());
    if (counts == null) {
      String name = byFunction.size() < MOST_FUNCTIONS ? task.function() : OTHER;
      counts = byFunction.computeIfAbsent(name, _ -> new long[STATES.length * 2]);
    }
    counts[task.state().ordinal() * 2 + (task.attempt() > 1 ? 1 : 0)] += change;
  }

  /** All that are not zero. */
  List<TaskCount> all() {
    List<TaskCount> all = new ArrayList<>();
    byFunction.forEach((function, counts) -> {
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] != 0) {
          all.add(new TaskCount(function, STATES[i / 2], i % 2 == 1, counts[i]));
        }
      }
    });
    return all;
  }
}
