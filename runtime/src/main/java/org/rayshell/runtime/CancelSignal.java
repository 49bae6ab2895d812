package org.rayshell.runtime;

/**
 * Whether a task of this worker is still wanted, and which thread to interrupt if it is not: only
 * while that runs the user's code, so that no interrupt reaches anything else. Thread-safe: its own
 * lock, a leaf.
 */
public final class CancelSignal {
  private Thread runs;
  private boolean cancelled;
  private boolean over;

  /**
   * The calling thread begins to run the user's code.
   *
   * @return false if the task is not wanted any more
   */
  public synchronized boolean begin() {
    if (cancelled) {
      over = true;
      return false;
    }
    runs = Thread.currentThread();
    return true;
  }

  /** The calling thread has run the user's code; it is not interrupted any more. */
  public synchronized void end() {
    runs = null;
    over = true;
    Thread.interrupted();
  }

  /** Whether it is not wanted any more. */
  public synchronized boolean cancelled() {
    return cancelled;
  }

  /**
   * The task is not wanted any more: interrupts it if it runs.
   *
   * @return whether it has not ended
   */
  public synchronized boolean cancel() {
    if (!over) {
      cancelled = true;
      if (runs != null) {
        runs.interrupt();
      }
    }
    return !over;
  }

  /** Does the last that this process does, if the user's code runs; it cannot end meanwhile. */
  public synchronized void ifRunning(Runnable last) {
    if (runs != null) {
      last.run();
    }
  }
}
