package org.rayshell.runtime.store.arena;

import java.lang.ref.Cleaner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Has the garbage collected that keeps blocks: to the heap values are small objects, for whose sake
 * it would not be. Thread-safe.
 */
final class Collector {
  /** After so many new bytes, or as many as were left, garbage is collected before more. */
  private static final long COLLECT_BYTES = 256L << 20;

  private static final long COLLECT_MS = 1_000;

  /** So long after the last that was freed, no more is expected. */
  private static final long SETTLE_MS = 5;

  private final Cleaner cleaner;
  private final LongSupplier used;
  private final LongSupplier blocks;

  /** Bytes since the last collection. */
  private long written;

  private long arrived;
  private long collectAt = COLLECT_BYTES;

  /**
   * Nothing is new.
   *
   * @param used how many bytes are
   * @param blocks how many there are that are not yet known to be garbage
   */
  Collector(Cleaner cleaner, LongSupplier used, LongSupplier blocks) {
    this.cleaner = cleaner;
    this.used = used;
    this.blocks = blocks;
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
    CountDownLatch collected = new CountDownLatch(1);
    registerSentinel(collected);
    System.gc();
    boolean interrupted = false;
    try {
      collected.await(COLLECT_MS, TimeUnit.MILLISECONDS);
      awaitFrees();
    } catch (InterruptedException _) {
      interrupted = true;
    }
    synchronized (this) {
      written = 0;
      arrived = 0;
      collectAt = Math.max(COLLECT_BYTES, used.getAsLong());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was collected is told in any order: more may be behind what was waited for. */
  private void awaitFrees() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (long before = -1; before != blocks.getAsLong(); ) {
      before = blocks.getAsLong();
      never.await(SETTLE_MS, TimeUnit.MILLISECONDS);
    }
  }

  /** In a frame of its own, so that nothing holds the object. */
  private void registerSentinel(CountDownLatch collected) {
    cleaner.register(new Object(), collected::countDown);
  }
}
