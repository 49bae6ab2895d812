package org.rayshell.runtime;

import java.util.function.BooleanSupplier;
import org.rayshell.runtime.wire.IoLoop;

/**
 * Waiting without rest for what may come in a moment, as long as that has been worth while lately.
 * Thread-safe: counts of several threads may get lost, which costs a try.
 */
final class Spin {
  /** What may come later is not worth a CPU. */
  private static final long MOST_NS = 50_000;

  /** After so many in vain one in {@link #SELDOM} is tried. */
  private static final int MOST_MISSES = 8;

  private static final int SELDOM = 16;

  private final IoLoop loop;
  private volatile int misses;

  Spin(IoLoop loop) {
    this.loop = loop;
  }

  /** Whether it is there; waits for a moment, and no longer than so many nanoseconds. */
  boolean forUpTo(long nanos, BooleanSupplier done) {
    // A virtual thread gives its carrier to others instead.
    if (done.getAsBoolean() || nanos <= 0 || Thread.currentThread().isVirtual()) {
      return done.getAsBoolean();
    }
    int before = misses;
    boolean tries = before < MOST_MISSES || before % SELDOM == 0;
    boolean there = tries && loop.spin(done, Math.min(nanos, MOST_NS));
    misses = there ? 0 : before == Integer.MAX_VALUE ? MOST_MISSES : before + 1;
    return there;
  }
}
