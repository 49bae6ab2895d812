package org.rayshell.kernel.eval;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.function.Consumer;

/**
 * The wish to end the cell that runs. Once made it holds until the cell has ended: woven checks
 * throw in the cell's thread, in those it started and in the common pool, and the cell's thread is
 * interrupted again and again, for code that swallows interrupts. Never while it compiles: an
 * interrupt there would close the compiler's jars. Thread-safe: guarded by itself.
 */
final class StopSignal {
  /** Between two interrupts of a cell that does not end. */
  private static final long AGAIN_MS = 50;

  private final InheritableThreadLocal<Object> cell = new InheritableThreadLocal<>();
  private final Consumer<Runnable> checks;
  private Object running;
  private boolean requested;
  private Thread runner;

  /**
   * A signal.
   *
   * @param checks takes what the woven checks are to run; null for nothing
   */
  StopSignal(Consumer<Runnable> checks) {
    this.checks = checks;
  }

  /** A cell begins. Threads that earlier cells left behind are not its own. */
  synchronized void begin() {
    checks.accept(null);
    running = new Object();
    requested = false;
  }

  /** The cell has ended. */
  synchronized void end() {
    running = null;
    notifyAll();
  }

  /** Whether the cell is to end. */
  synchronized boolean requested() {
    return requested;
  }

  /** The calling thread is about to run user code; false if it must not. */
  synchronized boolean enter() {
    if (requested) {
      return false;
    }
    runner = Thread.currentThread();
    cell.set(running);
    return true;
  }

  /** User code has ended; true if it was stopped. No interrupt comes after this. */
  synchronized boolean leave() {
    runner = null;
    cell.remove();
    if (requested) {
      Thread.interrupted();
    }
    return requested;
  }

  /** Ends the cell that runs, if one does; returns at once. */
  synchronized void stop() {
    if (running == null || requested) {
      return;
    }
    requested = true;
    Object stopped = running;
    checks.accept(() -> check(stopped));
    Thread.ofPlatform().daemon().name("rayshell-stop").start(() -> insist(stopped));
  }

  private void check(Object stopped) {
    boolean shared =
        Thread.currentThread() instanceof ForkJoinWorkerThread worker
            && worker.getPool() == ForkJoinPool.commonPool();
    if (shared || cell.get() == stopped) {
      throw new CellStoppedError();
    }
  }

  private synchronized void insist(Object stopped) {
    try {
      while (running == stopped) {
        if (runner != null) {
          runner.interrupt();
        }
        wait(AGAIN_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
