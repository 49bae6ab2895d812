package org.rayshell.testing;

import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.view.ErrorType;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.wire.TaskKind;
import org.rayshell.runtime.wire.TaskUpdate;

/** Reports of tasks for tests, with all that there is in one list. Without state. */
public final class TaskUpdates {
  private TaskUpdates() {}

  /** A report. */
  public static TaskUpdate update(
      ObjectId id,
      String function,
      TaskState state,
      String cell,
      ObjectId parent,
      long ownerPid,
      long workerPid,
      int attempt,
      int maxRetries,
      double numCpus,
      long submitted,
      long started,
      long ended,
      long cpuNs,
      long resultBytes,
      String error,
      long at,
      long argBytes,
      ErrorType errorType) {
    return new TaskUpdate(
        id,
        new TaskKind(function, cell, parent, ownerPid, maxRetries, numCpus),
        state,
        attempt,
        submitted,
        at,
        new TaskUpdate.Run(
            workerPid, started, ended, cpuNs, resultBytes, argBytes, error, errorType));
  }
}
