package org.rayshell.runtime.profile;

import java.io.IOException;
import java.util.List;

/** Looks at the threads of this process, time and again. For one thread at a time. */
interface Sampler {
  /** Takes what was seen. */
  interface Sink {
    /**
     * A thread that computed.
     *
     * @param at epoch nanoseconds
     * @param frames innermost first
     */
    void seen(long at, List<StackTraceElement> frames);

    /** When it looked, epoch nanoseconds; told once, at the end. */
    void looked(long from, long to);
  }

  /** What it is called. */
  String name();

  /** Time between two looks, nanoseconds. */
  long periodNs();

  /**
   * Starts the time, looks until it is over, and tells what it saw.
   *
   * @throws IOException if it cannot; nothing was told then
   */
  void sample(TimeUp over, Sink sink) throws IOException, InterruptedException;
}
