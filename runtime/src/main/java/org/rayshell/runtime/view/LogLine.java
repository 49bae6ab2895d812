package org.rayshell.runtime.view;

/**
 * A line that a task printed; immutable.
 *
 * @param number which line of the session's, from 1
 * @param at when it came to the driver, epoch nanoseconds
 * @param workerPid the process that ran the task
 * @param taskId 48 hex digits
 * @param function the task's name
 * @param cell the cell that submitted it, or whose task did; null if none
 * @param stderr whether it went to stderr
 * @param text without the line's end, cut where it is very long
 */
public record LogLine(
    long number,
    long at,
    long workerPid,
    String taskId,
    String function,
    String cell,
    boolean stderr,
    String text) {}
