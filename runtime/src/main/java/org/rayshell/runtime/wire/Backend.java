package org.rayshell.runtime.wire;

import java.time.Instant;

/**
 * Time, for the state machines of a process: the loop's in a process, a simulated one in tests.
 * Used on the loop's thread only, but for {@link #epochNs}.
 */
public interface Backend {
  /** Runs the command after a delay, unless it is cancelled before. */
  Timer schedule(long delayNs, Runnable command);

  /** Runs the command when what is being done now is done. */
  void defer(Runnable command);

  /** Now, epoch nanoseconds. Any thread may ask. */
  default long epochNs() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  /** A command that is to run later. */
  interface Timer {
    /** The command will not run. */
    void cancel();
  }
}
