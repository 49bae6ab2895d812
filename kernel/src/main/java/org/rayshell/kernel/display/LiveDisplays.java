package org.rayshell.kernel.display;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.MimeBundle;

/**
 * Publishes what changes: at most four times a second, only what is new, until it is final. What
 * only grows with time is drawn once a second: who waits should not compute meanwhile. One thread,
 * which lives as long as something does. Thread-safe: its own lock, held while publishing, so that
 * what is flushed is on its way when {@link #flush} returns.
 */
public final class LiveDisplays implements AutoCloseable {
  private static final long TICK_NS = 250_000_000L;
  private static final long TIME_NS = 1_000_000_000L;
  private static final long QUIET_AFTER_NS = 60_000_000_000L;
  private static final long QUIET_TICK_NS = 5_000_000_000L;
  private static final long LONGEST_TICK_NS = 8_000_000_000L;
  private static final long FOREVER_NS = Long.MAX_VALUE / 2;
  private static final long SLOW_NS = 20_000_000L;
  private static final int LARGE_CHARS = 40_000;

  /** Half a percent. */
  private static final int ONE_OF = 200;

  private static final class Live {
    final Cell cell;
    final Fragment fragment;
    MimeBundle published;
    long version;
    long changed;
    long drawn;
    long interval = TICK_NS;
    long due;

    Live(Cell cell, Fragment fragment) {
      this.cell = cell;
      this.fragment = fragment;
    }

    /**
     * It took so long to look at it, and to draw it if it was. What is slow or large comes ever
     * more seldom, and all else so that it takes no more than its share of a CPU: who waits for
     * tasks should not compute meanwhile.
     */
    void looked(long nanos, MimeBundle drawn) {
      boolean costly = nanos > SLOW_NS || drawn != null && size(drawn) > LARGE_CHARS;
      long wanted = costly ? LONGEST_TICK_NS : Math.max(TICK_NS, nanos * ONE_OF);
      // One look that took long, as the first do, is no reason to be late with all that follow.
      interval = Math.clamp(wanted, interval / 2, Math.min(2 * interval, LONGEST_TICK_NS));
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Map<String, Live> live = new LinkedHashMap<>();
  private Thread thread;
  private boolean closed;

  /** Shows it under the cell now, and goes on until it is final. */
  public void show(Cell cell, Fragment fragment) {
    lock.lock();
    try {
      Live entry = new Live(cell, fragment);
      long now = System.nanoTime();
      entry.version = fragment.version();
      entry.published = fragment.draw(closed);
      entry.changed = now;
      entry.drawn = now;
      cell.display(entry.published, fragment.displayId());
      live.remove(fragment.displayId());
      if (!closed && !fragment.isFinal()) {
        entry.due = due(entry, now);
        live.put(fragment.displayId(), entry);
        start();
      } else if (!closed) {
        publish(entry, fragment.draw(false));
      }
    } finally {
      lock.unlock();
    }
  }

  private void start() {
    news.signalAll();
    if (thread == null) {
      thread =
          Thread.ofPlatform()
              .name("kernel-displays")
              .daemon()
              .inheritInheritableThreadLocals(false)
              .start(this::run);
    }
  }

  private void run() {
    lock.lock();
    try {
      while (!live.isEmpty()) {
        long now = System.nanoTime();
        long next = Long.MAX_VALUE;
        for (Live each : List.copyOf(live.values())) {
          if (each.due - now <= 0) {
            update(each, false);
          }
          next = Math.min(next, each.due - now);
        }
        if (!live.isEmpty()) {
          news.awaitNanos(Math.max(1_000_000L, next));
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      thread = null;
      lock.unlock();
    }
  }

  private void update(Live entry, boolean atOnce) {
    long began = System.nanoTime();
    try {
      boolean last = entry.fragment.isFinal();
      long version = entry.fragment.version();
      boolean changed = version != entry.version;
      if (changed) {
        entry.version = version;
        entry.changed = began;
      }
      MimeBundle drawn = null;
      if (changed || last || atOnce || began - entry.drawn >= TIME_NS) {
        entry.drawn = began;
        drawn = entry.fragment.draw(false);
      }
      entry.looked(System.nanoTime() - began, drawn);
      if (last) {
        live.remove(entry.fragment.displayId());
      }
      publish(entry, drawn);
      entry.due = due(entry, began);
    } catch (RuntimeException | Error e) {
      failed(entry, e);
    }
  }

  /** One that cannot be drawn stays as it is, and keeps no other from its updates. */
  private void failed(Live entry, Throwable e) {
    live.remove(entry.fragment.displayId());
    System.err.println("the display " + entry.fragment.displayId() + " is not updated: " + e);
  }

  private static long due(Live entry, long now) {
    if (entry.fragment.changesByCells()) {
      return now + FOREVER_NS;
    }
    return now + (now - entry.changed > QUIET_AFTER_NS ? QUIET_TICK_NS : entry.interval);
  }

  /** Publishes what was drawn if it is new. */
  private static void publish(Live entry, MimeBundle drawn) {
    if (drawn != null && !drawn.data().equals(entry.published.data())) {
      entry.published = drawn;
      // Which sends it under the cell that runs if it has ended, or keeps it, as an Output does.
      entry.cell.updateDisplay(drawn, entry.fragment.displayId());
    }
  }

  private static int size(MimeBundle bundle) {
    return bundle.data().values().stream().mapToInt(each -> each.toString().length()).sum();
  }

  /** Publishes it soon, on the publisher's thread: it has changed. */
  public void refresh(Fragment fragment) {
    lock.lock();
    try {
      Live entry = live.get(fragment.displayId());
      if (entry != null) {
        entry.due = System.nanoTime();
        news.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether the cell shows something of that id which still changes. */
  public boolean shows(Cell cell, String displayId) {
    lock.lock();
    try {
      Live entry = live.get(displayId);
      return entry != null && entry.cell == cell;
    } finally {
      lock.unlock();
    }
  }

  /** Publishes what has changed, at once. */
  public void flush() {
    lock.lock();
    try {
      List.copyOf(live.values()).forEach(each -> update(each, true));
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Publishes everything as it stands when the kernel ends; nothing is updated afterwards. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      for (Live each : List.copyOf(live.values())) {
        try {
          publish(each, each.fragment.draw(true));
        } catch (RuntimeException | Error e) {
          failed(each, e);
        }
      }
      live.clear();
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
