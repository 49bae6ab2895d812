package org.rayshell.kernel.eval;

import java.util.List;

/** How the Java of a cell ended. */
public sealed interface EvalResult {
  /**
   * Without an error.
   *
   * @param hasValue whether the last snippet is an expression with a value to show
   * @param value the value itself, not its text
   */
  record Ok(boolean hasValue, Object value) implements EvalResult {
    /** Nothing to show. */
    static final Ok NOTHING = new Ok(false, null);
  }

  /**
   * An exception out of user code; its frames are in terms of cells and lines.
   *
   * @param hidden how many frames were left out, of the causes too
   */
  record Threw(Throwable exception, int hidden) implements EvalResult {}

  /** The cell was interrupted. */
  record Interrupted() implements EvalResult {}

  /** The cell does not compile, or JShell refused it; nothing of the rejected snippet ran. */
  record Rejected(List<Problem> problems) implements EvalResult {}

  /**
   * A compiler's diagnostic.
   *
   * @param line in the cell, from 1
   * @param column in the line, from 1
   * @param endColumn where it ends in that line, exclusive
   * @param message the compiler's words
   * @param sourceLine the line itself
   * @param hint what to do about it; may be empty
   */
  record Problem(
      int line, int column, int endColumn, String message, String sourceLine, String hint) {}
}
