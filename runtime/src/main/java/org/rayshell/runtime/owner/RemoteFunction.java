package org.rayshell.runtime.owner;

/** A function of which an owner has tasks, and how long they run. Belongs to the loop. */
final class RemoteFunction {
  /** Longer than any queue may be. */
  static final long LONG = Long.MAX_VALUE / 4;

  /** What a task costs its worker beside the run itself. */
  private static final long OVERHEAD_NS = 2_000;

  /** How much the latest run says: its share is one of so many parts. */
  private static final int PARTS = 4;

  private long meanNs = LONG;
  private int runs;

  /** A task has run. */
  void ran(long ns) {
    long took = Math.max(0, ns);
    runs = Math.min(runs + 1, Integer.MAX_VALUE - 1);
    meanNs = meanNs == LONG ? took : meanNs + (took - meanNs) / PARTS;
  }

  /** How many tasks may be at one worker: few as long as little is known. */
  int mostAtOnce() {
    return runs + 1;
  }

  /** How long the next task is expected to keep its worker; {@link #LONG} if none has run yet. */
  long expectedNs() {
    return meanNs == LONG ? LONG : meanNs + OVERHEAD_NS;
  }
}
