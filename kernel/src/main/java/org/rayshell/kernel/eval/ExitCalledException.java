package org.rayshell.kernel.eval;

import java.util.function.Consumer;

/**
 * A cell called {@code System.exit} or the like. It ends the cell, and the kernel as soon as the
 * cell is answered.
 */
public final class ExitCalledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static volatile Consumer<ExitCalledException> told = _ -> {};

  private final int status;

  ExitCalledException(String call, int status) {
    super(call + " was called: the kernel ends, with all its variables; restart it to go on");
    this.status = status;
  }

  /** What the process is to end with. */
  public int status() {
    return status;
  }

  /** From now on that one is told of each call, on the thread that makes it. */
  public static void tell(Consumer<ExitCalledException> listener) {
    told = listener;
  }

  private static ExitCalledException called(String call, int status) {
    ExitCalledException exit = new ExitCalledException(call + "(" + status + ")", status);
    told.accept(exit);
    return exit;
  }

  /** What {@code System.exit} and {@code Runtime.exit} become in a cell. */
  public static void exit(int status) {
    throw called("System.exit", status);
  }

  /** What {@code Runtime.halt} becomes in a cell. */
  public static void halt(int status) {
    throw called("Runtime.halt", status);
  }

  /** What the method reference {@code runtime::exit} becomes in a cell. */
  public static void exit(Runtime runtime, int status) {
    throw called("Runtime.exit", status);
  }

  /** What the method reference {@code runtime::halt} becomes in a cell. */
  public static void halt(Runtime runtime, int status) {
    halt(status);
  }
}
