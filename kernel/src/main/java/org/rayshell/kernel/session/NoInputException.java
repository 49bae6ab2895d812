package org.rayshell.kernel.session;

/**
 * Nobody can be asked for input: the front end takes none, or the cell has ended. Unchecked, since
 * {@link java.util.Scanner} says only "No line found" when reading throws an {@code IOException},
 * and reads never again.
 */
public final class NoInputException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The message says why. */
  public NoInputException(String message) {
    super(message);
  }
}
