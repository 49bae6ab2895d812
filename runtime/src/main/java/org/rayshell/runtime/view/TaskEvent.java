package org.rayshell.runtime.view;

/**
 * That a task came into a state; immutable. Times are epoch nanoseconds, durations nanoseconds.
 *
 * @param taskId 48 hex digits
 * @param parentTaskId the task that submitted it; null for the driver's
 * @param function the name it is shown as
 * @param cell the cell at the top of it all; null outside a notebook
 * @param state the new state
 * @param at since when
 * @param attempt which try this is, from 1
 * @param ownerPid the process that owns it
 * @param workerPid the process that runs or ran it; 0 for none
 * @param submitted when {@code .remote()} was called
 * @param started when this try began on the worker; 0 if it has not
 * @param cpuNs CPU time of the thread that ran it; 0 until it has ended
 * @param wallNs how long it ran; 0 until it has ended
 * @param argBytes size of its arguments, encoded; 0 until it was sent to a worker
 * @param resultBytes size of its result, encoded; 0 if none
 * @param error first line of what went wrong; null if nothing
 */
public record TaskEvent(
    String taskId,
    String parentTaskId,
    String function,
    String cell,
    TaskState state,
    long at,
    int attempt,
    long ownerPid,
    long workerPid,
    long submitted,
    long started,
    long cpuNs,
    long wallNs,
    long argBytes,
    long resultBytes,
    String error) {}
