package org.rayshell.runtime.wire;

import java.util.function.BooleanSupplier;

/**
 * How a thread that rests is told that there is something to do. Who brings something puts it where
 * the thread looks, then rings; the thread says that it is about to rest, looks a last time, then
 * rests. Both go by the one volatile flag, so that one of the two sees the other. Nobody but the
 * thread resets it: who ran out of stack between a reset and the waking would leave the thread
 * asleep for ever.
 */
final class Doorbell {
  private final Runnable wake;
  private volatile boolean mayRest;

  /**
   * Not at rest.
   *
   * @param wake wakes the thread, or keeps it from its next rest
   */
  Doorbell(Runnable wake) {
    this.wake = wake;
  }

  /** There is something to do, which the thread can see by now. Any thread. */
  void ring() {
    if (mayRest) {
      wake.run();
    }
  }

  /**
   * The thread is about to rest, and looks a last time.
   *
   * @param nothingToDo the look
   * @return whether it may rest now
   */
  boolean mayRest(BooleanSupplier nothingToDo) {
    mayRest = true;
    if (nothingToDo.getAsBoolean()) {
      return true;
    }
    mayRest = false;
    return false;
  }

  /** The thread is at work, and will look before it rests. */
  void atWork() {
    mayRest = false;
  }
}
