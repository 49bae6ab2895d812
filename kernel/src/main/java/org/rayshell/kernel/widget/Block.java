package org.rayshell.kernel.widget;

/**
 * Some lines of a cell.
 *
 * @param <E> what they may throw
 */
@FunctionalInterface
public interface Block<E extends Exception> {
  /** Runs them. */
  void run() throws E;
}
