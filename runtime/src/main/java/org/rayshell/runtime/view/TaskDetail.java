package org.rayshell.runtime.view;

import java.util.List;

/**
 * What is known of one task beyond its row in a list; immutable.
 *
 * @param failures its tries that failed, in order; those of tasks that the driver submitted
 * @param arguments a short text of each, {@code int 9}, {@code double[], 8 MB} or {@code ObjectRef
 *     924770d3}; empty if they are not known, or there are none
 * @param trace what the last failure threw, with its stack trace; null if nothing, or if it is no
 *     longer known
 */
public record TaskDetail(
    TaskInfo task, List<TaskAttempt> failures, List<String> arguments, String trace) {}
