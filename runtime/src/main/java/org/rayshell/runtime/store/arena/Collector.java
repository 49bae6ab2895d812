package org.rayshell.runtime.store.arena;

import java.util.function.LongSupplier;

/**
 * Knows when garbage is worth a collection: to the heap values are small objects, for whose sake
 * there would be none. Thread-safe by its own lock, a leaf.
 */
final class Collector {
  /** After so many new bytes, or as many as were left, garbage is collected before more. */
  private static final long COLLECT_BYTES = 256L << 20;

  private final LongSupplier used;
  private final Runnable dropGarbage;

  /** Bytes since the last collection. */
  private long written;

  private long arrived;
  private long collectAt = COLLECT_BYTES;

  /**
   * Nothing is new.
   *
   * @param used how many bytes of the arena are
   * @param dropGarbage lets go of what is not reachable any more
   */
  Collector(LongSupplier used, Runnable dropGarbage) {
    this.used = used;
    this.dropGarbage = dropGarbage;
  }

  /** Before so many bytes are written: so that much garbage does not take ever more room. */
  void beforeMore(long length) {
    boolean due;
    synchronized (this) {
      written += length;
      due = written > collectAt;
    }
    if (due) {
      collect();
    }
  }

  /** So many bytes that another process wrote are kept for this one. */
  synchronized void arrived(long length) {
    arrived += length;
  }

  /** Whether much is new since the last collection: else another would find little. */
  synchronized boolean isWorthwhile() {
    return written + arrived > used.getAsLong() / 4;
  }

  /** Returns when blocks that were garbage are let go. */
  void collect() {
    System.gc();
    dropGarbage.run();
    synchronized (this) {
      written = 0;
      arrived = 0;
      collectAt = Math.max(COLLECT_BYTES, used.getAsLong());
    }
  }
}
