package org.rayshell.runtime.view;

/**
 * A task as it is or was; immutable. Times are epoch nanoseconds, 0 for not yet; durations are
 * nanoseconds.
 *
 * @param taskId 48 hex digits
 * @param objectId the ref of its result, 56 hex digits
 * @param function the name it is shown as
 * @param state where it is
 * @param cell the cell that submitted it, or whose task did, such as {@code In [7]}; null outside a
 *     notebook
 * @param parentTaskId the task that submitted it; null for the driver's
 * @param ownerPid the process that owns it
 * @param workerPid the process that runs or ran it; 0 for none yet
 * @param attempt which try this is, from 1
 * @param maxRetries how many tries may follow the first; -1 for without end
 * @param numCpus CPUs it asks for
 * @param submitted when {@code .remote()} was called
 * @param started when its latest try began on the worker
 * @param ended when it ended
 * @param cpuNs CPU time of the thread that ran it; while it runs, of the latest heartbeat
 * @param resultBytes size of its result, encoded; 0 if none
 * @param error first line of what went wrong, {@code ArithmeticException: / by zero}; null if
 *     nothing
 * @param errorType what kind of failure that is; null if none
 */
public record TaskInfo(
    String taskId,
    String objectId,
    String function,
    TaskState state,
    String cell,
    String parentTaskId,
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
    ErrorType errorType) {
  /** Whether it was cancelled; such a task is a failed one, too. */
  public boolean cancelled() {
    return errorType == ErrorType.TASK_CANCELLED;
  }

  /** How long it waited before it began; up to {@code now} while it still waits. */
  public long queuedNs(long now) {
    return Math.max(0, (started != 0 ? started : ended != 0 ? ended : now) - submitted);
  }

  /** How long it ran; up to {@code now} while it still runs; 0 if it has not begun. */
  public long ranNs(long now) {
    return started == 0 ? 0 : Math.max(0, (ended != 0 ? ended : now) - started);
  }
}
