package org.rayshell.runtime;

import java.util.function.BooleanSupplier;
import org.rayshell.runtime.wire.IoLoop;

/**
 * Waiting without rest for what may come in a moment, as long as that has been worth while lately.
 * Thread-safe: counts of several threads may get lost, which costs a try.
 */
final class Spin {
  /** After so many in vain one in {@link #SELDOM} is tried. */
  private static final int MOST_MISSES = 8;

  private static final int SELDOM = 16;

  private final IoLoop loop;
  private volatile int misses;

  Spin(IoLoop loop) {
    this.loop = loop;
  }

  /** Whether it is there; waits for so long at most. */
  boolean forUpTo(long nanos, BooleanSupplier done) {
    if (done.getAsBoolean() || nanos <= 0) {
      return done.getAsBoolean();
    }
    int before = misses;
    boolean tries = before < MOST_MISSES || before % SELDOM == 0;
    boolean there = tries && loop.spin(done, nanos);
    misses = there ? 0 : before == Integer.MAX_VALUE ? MOST_MISSES : before + 1;
    return there;
  }
}
