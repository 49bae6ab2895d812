package org.rayshell.runtime.owner;

import java.util.PriorityQueue;
import java.util.Random;
import org.rayshell.runtime.wire.Backend;

/** Time that passes as fast as events can be run, in an order that only the seed decides. */
final class SimulatedTime implements Backend {
  private record Event(long at, long tie, Runnable action, boolean[] cancelled)
      implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(tie, other.tie);
    }
  }

  final Random random;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long now = 1_000_000_000L;
  private long ties;

  SimulatedTime(long seed) {
    random = new Random(seed);
  }

  @Override
  public long epochNs() {
    return now;
  }

  @Override
  public Timer schedule(long delayNs, Runnable command) {
    boolean[] cancelled = {false};
    events.add(new Event(now + delayNs, ties++, command, cancelled));
    return () -> cancelled[0] = true;
  }

  @Override
  public void defer(Runnable command) {
    schedule(0, command);
  }

  /** Runs the next event. */
  boolean step() {
    Event next = events.poll();
    if (next == null) {
      return false;
    }
    now = Math.max(now, next.at);
    if (!next.cancelled[0]) {
      next.action.run();
    }
    return true;
  }

  /** The machine sleeps: what was due meanwhile is late. */
  void sleep(long ns) {
    now += ns;
  }

  /** Runs events until the condition holds or time is over. */
  boolean runUntil(java.util.function.BooleanSupplier condition, long limitNs) {
    long end = now + limitNs;
    while (!condition.getAsBoolean()) {
      if (events.isEmpty() || events.peek().at > end) {
        return false;
      }
      step();
    }
    return true;
  }
}
