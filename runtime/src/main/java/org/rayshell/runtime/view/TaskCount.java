package org.rayshell.runtime.view;

/**
 * How many tasks of a function are in a state; immutable.
 *
 * @param function the name it is shown as; {@code (other)} for those beyond a thousand names
 * @param retried whether those are counted that run for the second time or more often
 */
public record TaskCount(String function, TaskState state, boolean retried, long count) {}
