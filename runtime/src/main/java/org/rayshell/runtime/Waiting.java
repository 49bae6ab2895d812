package org.rayshell.runtime;

import java.util.concurrent.CountDownLatch;

/** Waiting that an interrupt does not end, for what is sure to come soon. */
final class Waiting {
  private Waiting() {}

  static void uninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
