package org.rayshell.runtime;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.rayshell.runtime.owner.ObjectState;
import org.rayshell.runtime.view.ErrorType;
import org.rayshell.runtime.wire.Backend;
import org.rayshell.runtime.wire.TaskUpdate;

/**
 * Tells of tasks that have failed while nobody asks for their results: once for each function of a
 * cell. Belongs to the loop.
 */
final class UnaskedFailures {
  private static final long PATIENCE_NS = 5_000_000_000L;

  private final Backend backend;
  private final Consumer<TaskUpdate> tell;
  private final Set<String> told = new HashSet<>();

  UnaskedFailures(Backend backend, Consumer<TaskUpdate> tell) {
    this.backend = backend;
    this.tell = tell;
  }

  /** A task has failed, with these results. */
  void failed(List<ObjectState> results) {
    TaskUpdate task = results.getFirst().task();
    String key = task.cell() + " " + task.function();
    if (task.errorType() != ErrorType.TASK_CANCELLED && isUnused(results) && !told.contains(key)) {
      backend.schedule(
          PATIENCE_NS,
          () -> {
            if (isUnused(results) && told.add(key)) {
              tell.accept(task);
            }
          });
    }
  }

  private static boolean isUnused(List<ObjectState> results) {
    return results.stream().noneMatch(ObjectState::isUsed);
  }
}
