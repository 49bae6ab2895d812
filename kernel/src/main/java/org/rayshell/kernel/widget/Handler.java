package org.rayshell.kernel.widget;

/**
 * What a cell does with a value, whenever there is a new one.
 *
 * @param <V> the value
 */
@FunctionalInterface
public interface Handler<V> {
  /**
   * Handles the value.
   *
   * @throws Exception which is shown under the cell that shows the widget
   */
  void handle(V value) throws Exception;
}
