package org.rayshell.kernel.widget;

/**
 * A part of a slider; immutable.
 *
 * @param <N> what it is of
 * @param low its lower end
 * @param high its upper end, not below the lower one
 */
public record Range<N extends Number>(N low, N high) {}
