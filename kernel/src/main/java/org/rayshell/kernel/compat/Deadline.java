package org.rayshell.kernel.compat;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The end of a cell that runs too long. Closing it, when the cell has ended, makes sure that no
 * later cell is hit. Thread-safe.
 */
public final class Deadline implements AutoCloseable {
  private static final class Clock {
    static final ScheduledThreadPoolExecutor TIMER =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform()
                .name("kernel-timeout")
                .daemon()
                .inheritInheritableThreadLocals(false)
                .factory());

    static {
      TIMER.setRemoveOnCancelPolicy(true);
    }
  }

  private final Runnable stop;
  private final ScheduledFuture<?> timer;
  // Guarded by this.
  private boolean closed;
  private boolean passed;

  private Deadline(Duration time, Runnable stop) {
    this.stop = stop;
    timer =
        time == null
            ? null
            : Clock.TIMER.schedule(this::pass, time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * The time begins to run.
   *
   * @param time null for no end
   * @param stop ends the cell
   */
  public static Deadline in(Duration time, Runnable stop) {
    return new Deadline(time, stop);
  }

  private synchronized void pass() {
    if (!closed) {
      passed = true;
      stop.run();
    }
  }

  /** Whether it has ended the cell. */
  public synchronized boolean passed() {
    return passed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
