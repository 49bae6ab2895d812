package org.rayshell.runtime.view;

/**
 * A try of a task that failed; immutable. Times are epoch nanoseconds, durations nanoseconds.
 *
 * @param number which, from 1
 * @param workerPid where it ran; 0 if it did not
 * @param started when it began; 0 if it did not
 * @param ended when it ended
 * @param error first line of what went wrong
 */
public record TaskAttempt(
    int number, long workerPid, long started, long ended, long cpuNs, String error) {}
