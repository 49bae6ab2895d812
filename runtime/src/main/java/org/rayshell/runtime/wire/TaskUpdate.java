package org.rayshell.runtime.wire;

import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.view.ErrorType;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskState;

/**
 * A task as its owner sees it after a change; immutable. The fields are {@link TaskInfo}'s; the ids
 * become text only when somebody looks.
 *
 * @param id the object the task makes
 * @param parent the object that the submitting task makes; null for the driver's tasks
 * @param at when it came into this state, epoch nanoseconds
 * @param argBytes size of its arguments, encoded; 0 until it was sent to a worker
 * @param errorType what kind of failure ended it; null if none did
 */
public record TaskUpdate(
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

  /** The same with the CPU time of a heartbeat. */
  public TaskUpdate withCpu(long cpu) {
    return new TaskUpdate(
        id,
        function,
        state,
        cell,
        parent,
        ownerPid,
        workerPid,
        attempt,
        maxRetries,
        numCpus,
        submitted,
        started,
        ended,
        cpu,
        resultBytes,
        error,
        at,
        argBytes,
        errorType);
  }

  /** The same, ended by a failure that its owner could not report. */
  public TaskUpdate failed(long now, String why) {
    return new TaskUpdate(
        id,
        function,
        TaskState.FAILED,
        cell,
        parent,
        ownerPid,
        workerPid,
        attempt,
        maxRetries,
        numCpus,
        submitted,
        started,
        now,
        cpuNs,
        0,
        why,
        now,
        argBytes,
        ErrorType.OWNER_DIED);
  }

  /** For the views. */
  public TaskInfo toInfo() {
    String hex = id.toString();
    return new TaskInfo(
        hex.substring(0, 48),
        hex,
        function,
        state,
        cell,
        parent == null ? null : parent.taskId(),
        ownerPid,
        workerPid,
        attempt,
        maxRetries,
        numCpus,
        submitted,
        started,
        ended,
        cpuNs,
        resultBytes,
        error,
        errorType);
  }
}
