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
    boolean failed = untilFailure && state.hasFailed();
    if ((missing.decrementAndGet() <= 0 || failed) && !done) {
      done = true;
      LockSupport.unpark(thread);
    }
  }

  /** How many are missing; for one that was told of a failure, as of now. */
  public int missing() {
    return Math.max(0, missing.get());
  }

  /** Whether all are there that are waited for, or a failure that ends the waiting. */
  public boolean isDone() {
    return done;
  }
}
