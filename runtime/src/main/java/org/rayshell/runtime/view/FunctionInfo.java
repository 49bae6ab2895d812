package org.rayshell.runtime.view;

/**
 * The tasks of one function together; immutable.
 *
 * @param function the name they are shown as; {@code (other)} for those beyond a thousand names
 * @param runs how many have run and ended
 * @param medianNs median run time, within 5 %; 0 if none has run
 * @param p95Ns the run time that 95 % did not exceed, within 5 %; 0 if none has run
 */
public record FunctionInfo(
    String function, TaskTotals totals, long runs, long medianNs, long p95Ns) {}
