package org.rayshell.runtime;

import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** Waiting that an interrupt does not end, for what is sure to come soon. Without state. */
public final class Waiting {
  private Waiting() {}

  private interface Blocking {
    void run() throws InterruptedException;
  }

  /** Waits until the latch is open. */
  public static void uninterruptibly(CountDownLatch latch) {
    wait(() -> latch.getCount() > 0, latch::await);
  }

  /**
   * Waits as long as that holds; another thread that changes it notifies those who wait.
   *
   * @param lock is held by the caller
   */
  public static void uninterruptibly(Object lock, BooleanSupplier holds) {
    wait(holds, lock::wait);
  }

  private static void wait(BooleanSupplier holds, Blocking wait) {
    boolean interrupted = false;
    while (holds.getAsBoolean()) {
      try {
        wait.run();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
