package org.rayshell.runtime.wire;

import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Commands that are to run later. Belongs to the loop. */
final class Timers {
  /** How long until there is something to do, if nothing is planned. */
  static final long NEVER = Long.MAX_VALUE;

  private final PriorityQueue<Due> timers = new PriorityQueue<>();

  /**
   * Plans a command.
   *
   * @return it, which is {@link #isNext} if nothing else is due before it
   */
  Backend.Timer add(long delayNs, Runnable command) {
    Due due = new Due(System.nanoTime() + delayNs, command);
    timers.add(due);
    return due;
  }

  boolean isNext(Backend.Timer timer) {
    return timers.peek() == timer;
  }

  /** How long until the next one is due, in nanoseconds; 0 if it is. */
  long delayNs() {
    Due next = timers.peek();
    return next == null ? NEVER : Math.max(0, next.dueNs - System.nanoTime());
  }

  /** Hands out the commands that are due. */
  void fire(Consumer<Runnable> run) {
    if (timers.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    for (Due next; (next = timers.peek()) != null && next.dueNs - now <= 0; ) {
      timers.remove();
      Runnable command = next.command;
      if (command != null) {
        run.accept(command);
      }
    }
  }

  /** A command that is to run later. */
  private static final class Due implements Backend.Timer, Comparable<Due> {
    private final long dueNs;
    private Runnable command;

    private Due(long dueNs, Runnable command) {
      this.dueNs = dueNs;
      this.command = command;
    }

    @Override
    public void cancel() {
      command = null;
    }

    @Override
    public int compareTo(Due other) {
      return Long.compare(dueNs - other.dueNs, 0);
    }
  }
}
