package org.rayshell.runtime.owner;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A thread that waits for objects. Thread-safe. */
public final class Waiter implements ObjectState.Watcher {
  private final Thread thread = Thread.currentThread();
  private final AtomicInteger missing;
  private final boolean untilFailure;
  private volatile boolean done;

  /**
   * For the calling thread.
   *
   * @param count how many objects are waited for
   * @param untilFailure whether the first failure ends the waiting
   */
  public Waiter(int count, boolean untilFailure) {
    this.missing = new AtomicInteger(count);
    this.untilFailure = untilFailure;
  }

  @Override
  public void ready(ObjectState state) {
    boolean failed = untilFailure && state.outcome() != null && !state.outcome().isValue();
    if (missing.decrementAndGet() <= 0 || failed) {
      done = true;
      LockSupport.unpark(thread);
    }
  }

  /** How many are missing; for one that was told of a failure, as of now. */
  public int missing() {
    return Math.max(0, missing.get());
  }

  /** Looks for a while without parking, for what is there in a moment. */
  public boolean spin(long nanos) {
    if (done) {
      return true;
    }
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() - end < 0) {
      for (int i = 0; i < 16; i++) {
        if (done) {
          return true;
        }
        Thread.onSpinWait();
      }
    }
    return done;
  }

  /**
   * Parks the calling thread until the objects are there.
   *
   * @param deadlineNs on {@link System#nanoTime}'s clock, if limited
   * @return whether they are there; false at the deadline
   * @throws InterruptedException if the thread is interrupted; its flag is clear then
   */
  public boolean await(boolean limited, long deadlineNs) throws InterruptedException {
    while (!done) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (limited) {
        long left = deadlineNs - System.nanoTime();
        if (left <= 0) {
          return done;
        }
        LockSupport.parkNanos(this, left);
      } else {
        LockSupport.park(this);
      }
    }
    return true;
  }
}
