package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskAttempt;
import org.rayshell.runtime.view.TaskEvent;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskState;

/**
 * The tries of tasks that were followed by another, as far as the driver knows them: of its own
 * tasks it knows how each failed, of those that tasks have submitted when each ran. One that has
 * made a value which was lost is among them; its error is null. Immutable.
 */
final class FormerTries {
  private static final String UNTOLD = "failed, and was tried again";

  private final Map<String, List<TaskAttempt>> byTask;

  private FormerTries(Map<String, List<TaskAttempt>> byTask) {
    this.byTask = byTask;
  }

  /** Those of these tasks. */
  static FormerTries of(List<TaskInfo> tasks, ClusterView view) {
    Map<String, TaskInfo> retried =
        tasks.stream()
            .filter(each -> each.attempt() > 1)
            .collect(Collectors.toMap(TaskInfo::taskId, each -> each, (_, later) -> later));
    Map<String, List<TaskAttempt>> byTask = new HashMap<>();
    if (!retried.isEmpty()) {
      Map<String, List<TaskEvent>> events =
          view.taskEvents().stream()
              .filter(each -> retried.containsKey(each.taskId()))
              .collect(Collectors.groupingBy(TaskEvent::taskId));
      retried.forEach((id, task) ->
          byTask.put(id, tries(task, events.getOrDefault(id, List.of()), view.failures(task))));
    }
    return new FormerTries(byTask);
  }

  private static List<TaskAttempt> tries(
      TaskInfo task, List<TaskEvent> events, List<TaskAttempt> failures) {
    NavigableMap<Integer, Long> since = new TreeMap<>();
    Map<Integer, TaskEvent> last = new HashMap<>();
    for (TaskEvent each : events) {
      since.putIfAbsent(each.attempt(), each.at());
      if (each.started() != 0 && each.workerPid() != 0) {
        last.put(each.attempt(), each);
      }
    }
    NavigableMap<Integer, TaskAttempt> tries = new TreeMap<>();
    last.forEach((number, event) -> {
      Map.Entry<Integer, Long> next = since.higherEntry(number);
      if (number < task.attempt() && next != null) {
        tries.put(number, attempt(event, next.getValue()));
      }
    });
    for (TaskAttempt each : failures) {
      if (each.number() < task.attempt() && each.workerPid() != 0) {
        tries.put(each.number(), begun(each));
      }
    }
    return new ArrayList<>(tries.values());
  }

  /** A worker that dies at once takes the news with it that the task had begun. */
  private static TaskAttempt begun(TaskAttempt tried) {
    return tried.started() != 0
        ? tried
        : new TaskAttempt(
            tried.number(),
            tried.workerPid(),
            tried.ended(),
            tried.ended(),
            tried.cpuNs(),
            tried.error());
  }

  /** A try by its last event, which may be of its begin: then it ended before the next began. */
  private static TaskAttempt attempt(TaskEvent event, long next) {
    boolean over = event.state().isTerminal();
    boolean lost = event.state() == TaskState.FINISHED;
    return new TaskAttempt(
        event.attempt(),
        event.workerPid(),
        event.started(),
        over ? event.at() : next,
        event.cpuNs(),
        lost ? null : event.error() == null ? UNTOLD : event.error());
  }

  /** Those of a task that ran at some time between these, in order; epoch nanoseconds. */
  List<TaskAttempt> between(TaskInfo task, long begin, long end) {
    return byTask.getOrDefault(task.taskId(), List.of()).stream()
        .filter(each -> each.started() < end && each.ended() > begin)
        .toList();
  }

  /** How many tries of a task are not known any more, or did not run. */
  int unknown(TaskInfo task) {
    return task.attempt() - 1 - byTask.getOrDefault(task.taskId(), List.of()).size();
  }
}
