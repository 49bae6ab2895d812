package org.rayshell.runtime;

import org.rayshell.runtime.wire.Message;

/**
 * How many items a streaming task may make before somebody takes them. Thread-safe: its own lock, a
 * leaf.
 */
final class Credit {
  private final int ahead;
  private int taken;

  Credit(Message.PushTask.Terms terms) {
    this.ahead = terms.ahead();
    this.taken = terms.taken();
  }

  /** So many were taken in all. */
  synchronized void taken(int count) {
    taken = Math.max(taken, count);
    notifyAll();
  }

  /** Whether the item of that number, from 1, may be made now. */
  synchronized boolean allows(int number) {
    return ahead < 0 || number - taken <= ahead;
  }

  /** Waits until the item of that number may be made. */
  synchronized void await(int number) throws InterruptedException {
    while (!allows(number)) {
      wait();
    }
  }
}
