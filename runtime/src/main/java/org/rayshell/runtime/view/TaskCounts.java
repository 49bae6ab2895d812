package org.rayshell.runtime.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rayshell.runtime.LatestMap;
import org.rayshell.runtime.wire.TaskKind;
import org.rayshell.runtime.wire.TaskNews;
import org.rayshell.runtime.wire.TaskUpdate;

/**
 * What became of all tasks of a session, by function and by cell: kept up to date with each change,
 * so that nobody has to look at the tasks to know. Belongs to {@link TaskLog}'s lock.
 */
final class TaskCounts {
  /** More functions than this are counted as one, so that names made by a loop take no memory. */
  static final int MOST_FUNCTIONS = 1000;

  static final String OTHER = "(other)";

  /** Of more cells those are forgotten whose tasks have not changed for longest. */
  static final int MOST_CELLS = 1000;

  private static final TaskState[] STATES = TaskState.values();

  private final Map<String, TaskSums> byFunction = new LinkedHashMap<>();
  private final Map<String, TaskSums> byCell = LatestMap.lastUsed(MOST_CELLS);

  /** Most often the next change is of the same function and cell. */
  private String latestFunction;

  private TaskSums ofFunction;
  private String latestCell;
  private TaskSums ofCell;
  private long first;
  private long last;

  /** Adds to the count of such tasks; does nothing for null. */
  void count(TaskNews news, int change) {
    if (news == null) {
      return;
    }
    TaskKind kind = news.kind();
    if (!kind.function().equals(latestFunction)) {
      latestFunction = kind.function();
      ofFunction = ofFunction(latestFunction);
    }
    if (kind.cell() != null && !kind.cell().equals(latestCell)) {
      latestCell = kind.cell();
      ofCell = byCell.computeIfAbsent(latestCell, _ -> new TaskSums());
    }
    TaskSums cell = kind.cell() == null ? null : ofCell;
    TaskState made = news.made();
    if (made == null) {
      count(news.update(), cell, change);
    } else {
      ofFunction.countMade(made, change);
      if (cell != null) {
        cell.countMade(made, change);
      }
    }
    first = first == 0 ? news.submitted() : Math.min(first, news.submitted());
  }

  private void count(TaskUpdate task, TaskSums cell, int change) {
    ofFunction.count(task, change);
    if (cell != null) {
      cell.count(task, change);
    }
    last = Math.max(last, task.ended());
  }

  private TaskSums ofFunction(String function) {
    TaskSums sums = byFunction.get(function);
    if (sums != null) {
      return sums;
    }
    String name = byFunction.size() < MOST_FUNCTIONS ? function : OTHER;
    return byFunction.computeIfAbsent(name, _ -> new TaskSums());
  }

  /** All that are not zero. */
  List<TaskCount> all() {
    List<TaskCount> all = new ArrayList<>();
    byFunction.forEach((function, sums) -> {
      for (TaskState state : STATES) {
        for (boolean retried : new boolean[] {false, true}) {
          long count = sums.count(state, retried);
          if (count != 0) {
            all.add(new TaskCount(function, state, retried, count));
          }
        }
      }
    });
    return all;
  }

  /** How far the tasks of a cell are; nothing of one that is not known. */
  Progress progress(String cell, long now) {
    TaskSums sums = byCell.get(cell);
    return (sums == null ? new TaskSums() : sums).progress(now);
  }

  /** Each function's tasks. */
  List<FunctionInfo> functions(long now) {
    return byFunction.entrySet().stream()
        .map(each -> each.getValue().info(each.getKey(), now))
        .filter(each -> each.totals().total() > 0)
        .toList();
  }

  /** All tasks together. */
  TaskTotals totals(long now) {
    TaskTotals totals = TaskTotals.NONE;
    for (TaskSums sums : byFunction.values()) {
      totals = totals.plus(sums.totals(now));
    }
    return totals.between(first, last);
  }

  /** The median of all runs, in nanoseconds; 0 before there are three. */
  long medianRunNs() {
    RunTimes all = new RunTimes();
    byFunction.values().forEach(sums -> all.add(sums.runs()));
    return all.count() < 3 ? 0 : all.quantile(0.5);
  }
}
