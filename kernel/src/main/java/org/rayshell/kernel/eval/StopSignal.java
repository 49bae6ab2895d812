package org.rayshell.kernel.eval;

import java.util.concurrent.TimeUnit;

/**
 * The wish to end one cell. Once made it holds: woven checks throw in the cell's thread, in those
 * it started and in the common pool. Thread-safe: guarded by itself, and whoever waits on it is
 * woken by a request.
 */
final class StopSignal {
  /** From the wish to end a cell to its end, whatever its code does. */
  static final long PATIENCE_NS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final InheritableThreadLocal<StopSignal> OWN = new InheritableThreadLocal<>();

  private final int cell;
  // Threads are numbered in the order of their making: the cell's own have higher ones.
  private final long firstThread;
  private volatile boolean requested;
  private long requestedAt;
  private boolean runsUserCode;
  private volatile boolean ended;
  // Until the next cell begins, since what the cell started may need a while to end.
  private volatile boolean holds;

  /** A signal for a cell that begins. */
  StopSignal(int cell) {
    this.cell = cell;
    this.firstThread =
        Thread.ofPlatform().inheritInheritableThreadLocals(false).unstarted(() -> {}).threadId();
    Runaways.settle();
  }

  /** The number of the cell. */
  int cell() {
    return cell;
  }

  /** Whether the cell is to end. */
  boolean requested() {
    return requested;
  }

  /** Ends the cell, unless it has ended; returns at once. */
  synchronized void request() {
    if (requested || ended) {
      return;
    }
    requested = true;
    requestedAt = System.nanoTime();
    holds = true;
    Runaways.stop(this);
    notifyAll();
  }

  /** By {@code System.nanoTime}, if it is to end. */
  synchronized long requestedAt() {
    return requestedAt;
  }

  /** Whether user code is under way: otherwise the cell compiles, or puts things in order. */
  synchronized boolean runsUserCode() {
    return runsUserCode;
  }

  /** User code begins or ends. */
  synchronized void runsUserCode(boolean runs) {
    runsUserCode = runs;
    notifyAll();
  }

  /** The cell has ended: no request comes after this. */
  synchronized void end() {
    ended = true;
  }

  /** The calling thread, and those that it starts, work for the cell. */
  void enter() {
    OWN.set(this);
  }

  /** The calling thread works for no cell. */
  static void leave() {
    OWN.remove();
  }

  /** Threads that the cell has started are stopped no more, if it has ended; whether it has. */
  boolean release() {
    holds &= !ended;
    return ended;
  }

  /** Whether the calling thread was started by a cell that is stopped. */
  static boolean holdsHere() {
    StopSignal own = OWN.get();
    return own != null && own.holds;
  }

  /** Whether the thread is younger than the cell. */
  boolean mayHaveStarted(Thread thread) {
    return thread.threadId() > firstThread;
  }
}
