package org.rayshell.runtime;

import org.rayshell.runtime.wire.IoLoop;

/**
 * Holds back who submits short tasks faster than they end: now and then the submitting thread does
 * the loop's work for a few milliseconds, as {@code Ray.get} does. So thousands wait at a time and
 * not all: they are in the processor's caches when their results come, and the collector has less
 * to copy. Where tasks take longer than that brings, it is tried ever more seldom. Thread-safe:
 * counts of several threads may get lost, which costs a try.
 */
final class Throttle {
  /** No more may wait than this. */
  private static final int MANY = 4_096;

  /** After so many submissions, as long as it is worth while. */
  private static final int OFTEN = 2_048;

  private static final int SELDOM = 1 << 15;

  /** How long one is held back at most. */
  private static final long MOST_NS = 4_000_000;

  /** If fewer end in that time, the tasks are no short ones. */
  private static final int WORTH = OFTEN / 2;

  private final IoLoop loop;
  private final Backlog backlog;
  private int every = OFTEN;
  private int left = OFTEN;

  Throttle(IoLoop loop, Backlog backlog) {
    this.loop = loop;
    this.backlog = backlog;
  }

  /** The calling thread has submitted a task. */
  void submitted() {
    int before = backlog.size();
    if (before <= MANY || --left > 0 || loop.inLoop() || Thread.currentThread().isVirtual()) {
      return;
    }
    try {
      boolean few = loop.await(() -> backlog.size() <= MANY, true, System.nanoTime() + MOST_NS);
      boolean worth = few || before - backlog.size() >= WORTH;
      every = worth ? OFTEN : Math.min(SELDOM, 2 * every);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    left = every;
  }
}
