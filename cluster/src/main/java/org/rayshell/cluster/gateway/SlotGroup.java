package org.rayshell.cluster.gateway;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The calls of one kind that wait, its slots, and how many of each there are to be: by how long the
 * last calls took. Guarded by the lock of {@link Slots}.
 */
final class SlotGroup {
  /** Calls that take longer gain nothing. */
  static final long LONG_NS = TimeUnit.MILLISECONDS.toNanos(20);

  /** A slot is sent calls for so long at once. */
  static final long AHEAD_NS = TimeUnit.MILLISECONDS.toNanos(2);

  /** And so many. */
  static final int MOST_AHEAD = 32;

  /** So many slots may be on their way. */
  static final int MOST_ASKED = 10;

  /** A call takes so long at least, all in all. */
  private static final long LEAST_NS = TimeUnit.MICROSECONDS.toNanos(50);

  final Kind kind;
  final Deque<GatewayCall> waiting = new ArrayDeque<>();

  /** Slots that Ray has not got ready yet. */
  final Set<Slot> asked = new LinkedHashSet<>();

  /** All others. */
  final Set<Slot> ready = new LinkedHashSet<>();

  /** Of those that are ready the ones without calls, the latest first. */
  final Deque<Slot> idle = new ArrayDeque<>();

  /** How long the last calls took; negative if that is not known. */
  private long meanNs = -1;

  SlotGroup(Kind kind) {
    this.kind = kind;
  }

  /**
   * A call took so long, or has not begun if that is negative. One that is out of the ordinary does
   * not make all of them long.
   */
  void took(long ns) {
    if (ns < 0) {
      return;
    }
    long counts = Math.min(ns, 2 * LONG_NS);
    meanNs = meanNs < 0 ? counts : (3 * meanNs + counts) / 4;
  }

  boolean isKnown() {
    return meanNs >= 0;
  }

  boolean isLong() {
    return meanNs > LONG_NS;
  }

  boolean isInUse() {
    return !waiting.isEmpty() || !asked.isEmpty() || !ready.isEmpty();
  }

  /**
   * How many slots are to be on their way: fewer if the calls that wait are soon done, as they are
   * not where one holds up others.
   */
  int wanted() {
    long count = waiting.size();
    if (isKnown() && ready.stream().noneMatch(slot -> slot.slow)) {
      long ns = count * Math.max(LEAST_NS, meanNs);
      count = Math.min(count, Math.ceilDiv(ns, AHEAD_NS));
    }
    return (int) Math.min(MOST_ASKED, count);
  }

  /**
   * How many calls a slot is to have: no more than its share.
   *
   * @param has how many it has
   */
  int most(int has) {
    long ahead = isKnown() ? AHEAD_NS / Math.max(1, meanNs) : 1;
    long share = Math.ceilDiv(waiting.size() + has, Math.max(1, ready.size()));
    return (int) Math.max(1, Math.min(MOST_AHEAD, Math.min(ahead, share)));
  }
}
