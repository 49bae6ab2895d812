package org.rayshell.cluster.gateway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.rayshell.runtime.LatestMap;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.view.ErrorType;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.wire.TaskUpdate;

/**
 * Tasks that tasks have submitted. Who submitted one and who runs it tell of it by links of their
 * own, so that it may be known to run before it is known at all; and with its worker goes who would
 * tell of its end. Thread-safe: one lock.
 */
final class NestedTasks {
  /** So many of the latest are known to have begun. */
  private static final int MOST = 10_000;

  private final Map<ObjectId, TaskUpdate> running = new HashMap<>();

  /** The latest try of each that has begun. */
  private final Map<ObjectId, Integer> begun = LatestMap.lastPut(MOST);

  /**
   * News of one.
   *
   * @return false if later ones are known
   */
  synchronized boolean changed(TaskUpdate task) {
    if (task.state() == TaskState.RUNNING) {
      running.put(task.id(), task);
      begun.put(task.id(), task.attempt());
      return true;
    }
    if (task.state().isTerminal()) {
      running.remove(task.id());
      return true;
    }
    return begun.getOrDefault(task.id(), 0) < task.attempt();
  }

  /** The news of those that have ended with their worker, which ran these tasks. */
  synchronized List<TaskUpdate> lost(Set<ObjectId> tasks, long now) {
    return tasks.stream()
        .map(running::remove)
        .filter(Objects::nonNull)
        .map(task -> ended(task, now))
        .toList();
  }

  private static TaskUpdate ended(TaskUpdate task, long now) {
    String error = "worker " + task.workerPid() + " died";
    TaskUpdate.Run run =
        new TaskUpdate.Run(
            task.workerPid(), task.run().started(), now, 0, 0, 0, error, ErrorType.WORKER_DIED);
    return new TaskUpdate(
        task.id(), task.kind(), TaskState.FAILED, task.attempt(), task.submitted(), now, run);
  }
}
