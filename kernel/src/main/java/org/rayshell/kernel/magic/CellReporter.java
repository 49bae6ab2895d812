package org.rayshell.kernel.magic;

import org.rayshell.kernel.session.Cell;

/** Tells where the time of a cell went. Thread-safe. */
@FunctionalInterface
public interface CellReporter {
  /** Shows it under the cell, which has run its code; nothing if it has run none. */
  void report(Cell cell);
}
