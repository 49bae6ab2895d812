package org.rayshell.runtime.owner;

import java.util.Map;
import java.util.TreeMap;
import org.rayshell.runtime.wire.Backend;

/**
 * What is to happen to tasks later, unless it is called off before, as it is for most of them: one
 * timer for all. Belongs to the loop.
 */
final class Deadlines {
  /** A time to come; tasks that have the same differ by their number. */
  record Due(long atNs, long number) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(atNs, other.atNs);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final Backend backend;
  private final TreeMap<Due, Runnable> pending = new TreeMap<>();
  private long lastNumber;
  private Backend.Timer timer;
  private Due timed;

  Deadlines(Backend backend) {
    this.backend = backend;
  }

  /** Runs the action after so long. */
  Due after(long delayNs, Runnable action) {
    long now = backend.epochNs();
    long at = now + Math.clamp(delayNs, 0, Long.MAX_VALUE - now);
    Due due = new Due(at, ++lastNumber);
    pending.put(due, action);
    arm();
    return due;
  }

  /** The action is off; nothing for null, or if it has run. */
  void cancel(Due due) {
    if (due != null && pending.remove(due) != null) {
      arm();
    }
  }

  void clear() {
    pending.clear();
    arm();
  }

  /** Sees to it that the timer is the earliest one's. It may be early: then it is armed again. */
  private void arm() {
    Due first = pending.isEmpty() ? null : pending.firstKey();
    if (first == null || timed != null && timed.compareTo(first) <= 0) {
      return;
    }
    if (timer != null) {
      timer.cancel();
    }
    timed = first;
    timer = backend.schedule(Math.max(0, first.atNs - backend.epochNs()), this::fire);
  }

  private void fire() {
    timed = null;
    timer = null;
    long now = backend.epochNs();
    for (Map.Entry<Due, Runnable> next; (next = pending.firstEntry()) != null; ) {
      if (next.getKey().atNs > now) {
        break;
      }
      pending.pollFirstEntry();
      next.getValue().run();
    }
    arm();
  }
}
