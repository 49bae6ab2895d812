package org.rayshell.runtime.profile;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The end of a profile: when its time is over, or before, when somebody says so. Thread-safe. */
final class TimeUp {
  private final CountDownLatch ended = new CountDownLatch(1);
  private final long nanos;
  private volatile long until;

  /** Over so many nanoseconds after it was started. */
  TimeUp(long nanos) {
    this.nanos = nanos;
  }

  /** The time begins. */
  void start() {
    until = System.nanoTime() + nanos;
  }

  void now() {
    ended.countDown();
  }

  /** Waits for the end, but no longer than that, in nanoseconds; whether it has come. */
  boolean await(long most) throws InterruptedException {
    long left = until - System.nanoTime();
    return ended.await(Math.max(0, Math.min(left, most)), TimeUnit.NANOSECONDS)
        || until - System.nanoTime() <= 0;
  }
}
