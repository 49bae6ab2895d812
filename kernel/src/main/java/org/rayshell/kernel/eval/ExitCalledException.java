package org.rayshell.kernel.eval;

/** A cell called {@code System.exit} or the like; the kernel lives on. */
public final class ExitCalledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ExitCalledException(String call) {
    super(
        call
            + " was called in a cell, which would end the kernel with all its variables; to end it"
            + " use the kernel menu");
  }

  /** What {@code System.exit} and {@code Runtime.exit} become in a cell. */
  public static void exit(int status) {
    throw new ExitCalledException("System.exit(" + status + ")");
  }

  /** What {@code Runtime.halt} becomes in a cell. */
  public static void halt(int status) {
    throw new ExitCalledException("Runtime.halt(" + status + ")");
  }

  /** What the method reference {@code runtime::exit} becomes in a cell. */
  public static void exit(Runtime runtime, int status) {
    throw new ExitCalledException("Runtime.exit(" + status + ")");
  }

  /** What the method reference {@code runtime::halt} becomes in a cell. */
  public static void halt(Runtime runtime, int status) {
    halt(status);
  }
}
