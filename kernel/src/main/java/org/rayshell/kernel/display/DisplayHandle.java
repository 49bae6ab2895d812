package org.rayshell.kernel.display;

/**
 * Something that {@code display} showed; immutable. As a cell's result it is not shown itself.
 *
 * @param id names it for {@code updateDisplay}
 */
public record DisplayHandle(String id) {
  /** Shows another value in its place. */
  public void update(Object value) {
    Display.updateDisplay(id, value);
  }
}
