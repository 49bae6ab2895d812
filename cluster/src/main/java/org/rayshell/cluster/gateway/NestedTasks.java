package org.rayshell.cluster.gateway;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.view.ErrorType;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.wire.TaskUpdate;

/**
 * Tasks that run and were submitted by tasks: with their worker goes who would tell of their end.
 * Thread-safe.
 */
final class NestedTasks {
  private final Map<ObjectId, TaskUpdate> running = new ConcurrentHashMap<>();

  /** News of one. */
  void changed(TaskUpdate task) {
    if (task.state() == TaskState.RUNNING) {
      running.put(task.id(), task);
    } else {
      running.remove(task.id());
    }
  }

  /** The news of those that have ended with their worker. */
  List<TaskUpdate> lost(long worker, long now) {
    List<TaskUpdate> lost =
        running.values().stream().filter(task -> task.workerPid() == worker).toList();
    lost.forEach(task -> running.remove(task.id()));
    return lost.stream().map(task -> ended(task, now)).toList();
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
