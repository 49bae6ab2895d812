package org.rayshell.kernel.eval;

/** Ends the user code of an interrupted cell; thrown by the checks that are woven into it. */
final class CellStoppedError extends Error {
  private static final long serialVersionUID = 1L;

  CellStoppedError() {
    super("the cell was interrupted", null, false, false);
  }
}
