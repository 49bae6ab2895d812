package org.rayshell.runtime;

/**
 * A wait of a thread of the driver, as a notebook follows it. Called on the thread that waits; what
 * it does must be short.
 */
public interface Wait {
  /** Nobody follows. */
  Wait UNSEEN = ended(() -> {});

  /** After so long, in nanoseconds, {@link #goesOn} is to be called; for ever if never. */
  long patienceNs();

  /** It has lasted that long, and goes on. Called once. */
  void goesOn();

  /**
   * It has ended.
   *
   * @param interrupted whether the thread was interrupted
   */
  void over(boolean interrupted);

  /** Only its end matters. */
  static Wait ended(Runnable over) {
    return new Wait() {
      @Override
      public long patienceNs() {
        return Long.MAX_VALUE;
      }

      @Override
      public void goesOn() {}

      @Override
      public void over(boolean interrupted) {
        over.run();
      }
    };
  }
}
