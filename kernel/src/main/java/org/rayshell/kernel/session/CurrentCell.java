package org.rayshell.kernel.session;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * The cell that a thread works for. A thread that a cell starts inherits it and keeps it after the
 * cell has ended; threads that none started, and those of the common pool, which all cells share,
 * work for the cell that ran last. Thread-safe.
 */
public final class CurrentCell {
  private static final InheritableThreadLocal<Cell> OWN = new InheritableThreadLocal<>();
  private static volatile Cell last;

  private CurrentCell() {}

  /** The calling thread's cell; null before the first cell. */
  public static Cell get() {
    boolean shared =
        Thread.currentThread() instanceof ForkJoinWorkerThread worker
            && worker.getPool() == ForkJoinPool.commonPool();
    Cell own = shared ? null : OWN.get();
    return own != null ? own : last;
  }

  /** The cell that runs, or ran last, whoever asks; null before the first cell. */
  public static Cell latest() {
    return last;
  }

  /** The calling thread, and those it starts from now on, work for the cell. */
  public static void set(Cell cell) {
    OWN.set(cell);
  }

  /** As {@link #set}, and the cell is the last one. */
  public static void enter(Cell cell) {
    last = cell;
    OWN.set(cell);
  }

  /** Work that another thread is to do for the calling thread's cell. */
  public static Runnable carried(Runnable work) {
    Cell cell = OWN.get();
    return () -> {
      OWN.set(cell);
      try {
        work.run();
      } finally {
        OWN.remove();
      }
    };
  }

  /** The calling thread works for no cell of its own any more. */
  public static void leave() {
    OWN.remove();
  }
}
