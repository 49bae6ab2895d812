package org.rayshell.kernel.widget;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends what has changed of widgets: together, 25 times a second at most, and no more of it than
 * Jupyter's server lets through; before a cell ends at once. Thread-safe: its own lock, held while
 * it sends.
 */
public final class WidgetUpdates {
  private static final long MICROS = 40_000;

  /** Half of the server's megabyte a second. */
  private static final long MICROS_A_CHAR = 2;

  private static final Set<Model> CHANGED = ConcurrentHashMap.newKeySet();
  private static final AtomicBoolean SCHEDULED = new AtomicBoolean();
  private static volatile long delay = MICROS;

  private WidgetUpdates() {}

  static void add(Model model) {
    CHANGED.add(model);
    if (SCHEDULED.compareAndSet(false, true)) {
      Timer.THREAD.schedule(WidgetUpdates::expire, delay, TimeUnit.MICROSECONDS);
    }
  }

  private static void expire() {
    // First: what changes from here on is scheduled anew.
    SCHEDULED.set(false);
    flush();
  }

  /** Sends what has changed, now; when it returns, all that had changed before is on its way. */
  public static synchronized void flush() {
    if (CHANGED.isEmpty()) {
      // In most sessions always; where the heap is full, this is to allocate nothing.
      return;
    }
    long chars = 0;
    for (Iterator<Model> all = CHANGED.iterator(); all.hasNext(); ) {
      Model each = all.next();
      // First: what changes from here on comes into the set again.
      all.remove();
      try {
        chars += each.flush();
      } catch (RuntimeException | Error e) {
        System.err.println("a page does not hear of the changes of " + each + ": " + e);
      }
    }
    delay = Math.max(MICROS, chars * MICROS_A_CHAR);
  }

  /** Made when the first change is to be sent. */
  private static final class Timer {
    private static final long IDLE_SECONDS = 5;

    static final ScheduledThreadPoolExecutor THREAD =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform()
                .name("kernel-widgets")
                .daemon()
                .inheritInheritableThreadLocals(false)
                .factory());

    static {
      THREAD.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
      THREAD.allowCoreThreadTimeOut(true);
    }
  }
}
