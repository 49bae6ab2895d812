package org.rayshell.runtime.wire;

import java.util.concurrent.locks.LockSupport;

/**
 * Which thread waits in the selector of a loop: its own, or one that waits for what the loop is to
 * bring, so that it need not be woken by another. Who has led leaves the lead to nobody for a
 * moment, in which the next one that waits takes it without a hand-over; then the loop's own thread
 * takes it back. Thread-safe: its own lock, a leaf.
 */
final class Lead {
  /** How long nobody may lead; what comes meanwhile waits for as long at most. */
  private static final long GRACE_NS = 1_000_000;

  private final Thread own;
  private final Runnable wake;

  /** Null for a moment: nobody. */
  private volatile Thread leader;

  /** Wants to lead, and waits for the loop's own thread to leave the selector. */
  private Thread candidate;

  /** Whether there is something to do that does not wait until another leads. */
  private boolean urgent;

  private boolean ending;

  /** How often another than the loop's own thread has begun to lead. */
  private long turns;

  private volatile long leftNs;

  /** Threads that wait for the loop and do not lead. */
  private int followers;

  /** Whether the loop's own thread sleeps until it is woken. */
  private boolean sleeps;

  /**
   * The loop's own thread leads.
   *
   * @param wake wakes the leader from the selector
   */
  Lead(Thread own, Runnable wake) {
    this.own = own;
    this.leader = own;
    this.wake = wake;
  }

  /** Whether the loop's own thread leads. */
  boolean isOwn() {
    return leader == own;
  }

  /** Whether nobody leads just now. */
  boolean isVacant() {
    return leader == null;
  }

  /** There is something to do: for the loop's own thread, if nobody leads. */
  void call() {
    if (leader == null) {
      callOwn();
    }
  }

  private synchronized void callOwn() {
    if (leader == null) {
      urgent = true;
      LockSupport.unpark(own);
    }
  }

  /** A thread that has led has something for the loop, and will soon lead again. */
  void stays() {
    leftNs = System.nanoTime();
  }

  /** The loop is to end. */
  synchronized void end() {
    ending = true;
    LockSupport.unpark(own);
  }

  /**
   * The calling thread wants to lead. If another does, it may park: the loop's own thread unparks
   * it when it may.
   *
   * @return whether it leads now
   */
  synchronized boolean take() {
    Thread caller = Thread.currentThread();
    if (leader == null) {
      leader = caller;
      urgent = false;
      turns++;
    } else if (leader == own && candidate == null) {
      candidate = caller;
      wake.run();
    }
    return leader == caller;
  }

  /** As {@link #take}, but only if nobody leads just now. */
  synchronized boolean takeVacant() {
    return leader == null && take();
  }

  /** The calling thread, not the loop's own, leads no more and does not want to. */
  synchronized void leave() {
    Thread caller = Thread.currentThread();
    if (candidate == caller) {
      candidate = null;
    }
    if (leader == caller) {
      leader = null;
      leftNs = System.nanoTime();
      if (sleeps || followers > 0) {
        LockSupport.unpark(own);
      }
    }
  }

  /** The calling thread waits for the loop without leading, until {@link #follows} ends. */
  synchronized void follows(boolean begins) {
    followers += begins ? 1 : -1;
    if (begins && leader == null) {
      LockSupport.unpark(own);
    }
  }

  /** By the loop's own thread, out of the selector: lets another lead that wants to. */
  synchronized void handOver() {
    if (candidate != null) {
      leader = candidate;
      candidate = null;
      turns++;
      LockSupport.unpark(leader);
    }
  }

  /** By the loop's own thread: waits until it leads. */
  void await() {
    for (long seen = -1; ; ) {
      boolean sleep;
      synchronized (this) {
        if (leader == null && mayReturn()) {
          leader = own;
          urgent = false;
        }
        // One that leads for long need not be looked after: it wakes this thread when it leaves.
        sleep = leader != own && leader != null && seen == turns;
        seen = turns;
        sleeps = sleep;
        if (leader == own) {
          return;
        }
      }
      if (sleep) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, GRACE_NS);
      }
    }
  }

  private boolean mayReturn() {
    return urgent || ending || followers > 0 || System.nanoTime() - leftNs >= GRACE_NS;
  }
}
