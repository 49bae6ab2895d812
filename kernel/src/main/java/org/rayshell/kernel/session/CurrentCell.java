package org.rayshell.kernel.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * The cell that a thread works for. A thread that a cell starts inherits it and keeps it after the
 * cell has ended; threads that none started, and those of the common pool, which all cells share,
 * work for the latest of the cells that run, or the one that ran last. Thread-safe.
 */
public final class CurrentCell {
  private static final InheritableThreadLocal<Cell> OWN = new InheritableThreadLocal<>();
  // Guarded by the class; subshells run several at once.
  private static final List<Cell> RUNNING = new ArrayList<>();
  private static volatile Cell latest;

  private CurrentCell() {}

  /** The calling thread's cell; null before the first cell. */
  public static Cell get() {
    boolean shared =
        Thread.currentThread() instanceof ForkJoinWorkerThread worker
            && worker.getPool() == ForkJoinPool.commonPool();
    Cell own = shared ? null : OWN.get();
    return own != null ? own : latest;
  }

  /** The latest of the cells that run, or what ran last; null before the first cell. */
  public static Cell latest() {
    return latest;
  }

  /** The calling thread, and those it starts from now on, work for the cell. */
  public static void set(Cell cell) {
    OWN.set(cell);
  }

  /** The calling thread works for the cell, null for none; the one that it worked for, or null. */
  public static Cell swap(Cell cell) {
    Cell before = OWN.get();
    if (cell == null) {
      OWN.remove();
    } else {
      OWN.set(cell);
    }
    return before;
  }

  /** As {@link #set}, and the cell runs until the same thread leaves. */
  public static void enter(Cell cell) {
    synchronized (CurrentCell.class) {
      RUNNING.add(cell);
      latest = cell;
    }
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

  /** Whether the cell that the calling thread has as its own was interrupted. */
  public static boolean isInterrupted() {
    Cell own = OWN.get();
    return own != null && own.interrupted();
  }

  /** The calling thread works for no cell of its own any more. */
  public static void leave() {
    Cell cell = OWN.get();
    OWN.remove();
    synchronized (CurrentCell.class) {
      if (RUNNING.remove(cell) && !RUNNING.isEmpty()) {
        latest = RUNNING.getLast();
      }
    }
  }
}
