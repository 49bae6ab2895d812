package org.rayshell.runtime;

import org.rayshell.runtime.code.CodeSource;
import org.rayshell.runtime.view.CellPage;

/**
 * What a notebook adds to a driver; the kernel implements it, a plain program uses {@link #NONE}.
 * Thread-safe; no method but {@link #taskOutput} and {@link #cellPage} may block.
 */
public interface DriverHooks {
  /** For a plain program: no cells, task output to {@code System.out} and {@code System.err}. */
  DriverHooks NONE =
      new DriverHooks() {
        @Override
        public CodeSource codeSource() {
          return null;
        }

        @Override
        public String currentCell() {
          return null;
        }

        @Override
        public void taskOutput(TaskOutput output) {
          (output.stderr() ? System.err : System.out)
              .println("(" + output.function() + " pid=" + output.pid() + ") " + output.line());
        }
      };

  /** The cells' code; null if there are no cells. */
  CodeSource codeSource();

  /** The cell that the calling thread works for, such as {@code In [7]}; null if none. */
  String currentCell();

  /** Where that cell can be opened; null if that is not known. May read a file. */
  default CellPage cellPage(String cell) {
    return null;
  }

  /** How many front ends have connected so far: one more when a page has opened the notebook. */
  default long frontEnds() {
    return 0;
  }

  /**
   * A line that a task printed; arrives before the task's result does. Called on a thread that does
   * nothing else; while it blocks, tasks that print much are held back.
   */
  void taskOutput(TaskOutput output);

  /** A stack trace of a task as people are to read it; a notebook names cells and lines. */
  default String trace(String text) {
    return text;
  }

  /**
   * Where in its cells the calling thread submits a task: {@code line 4} of the current cell, or
   * {@code fan (In [5], line 3)}; null if that is not certain, or costs too much to find out.
   */
  default String callPlace() {
    return null;
  }

  /** Whether what tasks threw is to keep the frames of the worker that ran them. */
  default boolean showsAllFrames() {
    return false;
  }

  /** The calling thread begins to wait: it found nothing in the first microseconds. */
  default Wait waits(Awaited what) {
    return Wait.UNSEEN;
  }

  /** A {@code Ray.get} or {@code Ray.wait} of the calling thread is about to return or throw. */
  default void answers() {}

  /**
   * A task that this process submitted has failed, and nobody has asked for its result since.
   *
   * @param cell the cell that submitted it; null if none
   * @param function the task's name
   * @param error first line of what went wrong
   */
  default void unasked(String cell, String function, String error) {}

  /**
   * A line that a task printed; immutable.
   *
   * @param cell the cell that submitted the task or whose task did; null if none
   * @param function the task's name
   * @param pid the worker
   * @param stderr whether it went to stderr
   * @param line the text without its line end
   */
  record TaskOutput(String cell, String function, long pid, boolean stderr, String line) {}
}
