package org.rayshell.kernel.session;

/**
 * The cell that a request runs, and the way to publish under it. Outlives its request: what is
 * published later still carries its parent header. Thread-safe.
 */
public interface Cell {
  /** Its execution count; the cell is called {@code In [count]}. */
  int count();

  /** Whether the request was silent: no result is to be published. */
  boolean silent();

  /** Text on {@code stdout} or {@code stderr}; batched, never lost. */
  void stream(boolean stderr, String text);

  /** A display; the id may be null. */
  void display(MimeBundle bundle, String displayId);

  /** New content for the displays of that id. */
  void updateDisplay(MimeBundle bundle, String displayId);

  /** Clears the cell's output, at once or when the next comes. */
  void clearOutput(boolean wait);

  /**
   * A line from the person at the front end; blocks.
   *
   * @throws java.io.IOException if the front end takes no input
   * @throws InterruptedException if the cell is interrupted
   */
  String input(String prompt, boolean password) throws java.io.IOException, InterruptedException;

  /**
   * Whether somebody is at the front end, which then takes input. What runs notebooks unattended,
   * such as nbclient, heeds only what is published under the cell that runs.
   */
  default boolean attended() {
    return true;
  }

  /** Whether an interrupt has come since it began. */
  default boolean interrupted() {
    return false;
  }

  /** The cell's name, {@code In [7]}. */
  default String label() {
    return "In [" + count() + "]";
  }
}
