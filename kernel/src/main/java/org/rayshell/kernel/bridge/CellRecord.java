package org.rayshell.kernel.bridge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.rayshell.kernel.display.LiveDisplays;
import org.rayshell.kernel.magic.ProcessTimes;
import org.rayshell.kernel.session.Cell;
import org.rayshell.runtime.Awaited;
import org.rayshell.runtime.Wait;

/**
 * When a cell ran its code and when it waited; times are epoch nanoseconds. Thread-safe: its own
 * lock.
 */
final class CellRecord {
  /** A stretch of time. */
  record Span(long begin, long end) {
    long length() {
      return end - begin;
    }
  }

  private static final int MOST_WAITS = 20_000;

  private final Cell cell;
  private final CellProgress progress;
  private final CallSites calls;
  private final List<Span> waits = new ArrayList<>();
  private final Map<Object, Long> waiting = new HashMap<>();
  private ProcessTimes before;
  private long begin;
  private long end;
  private long cpu;
  private CellPrints prints;
  private volatile boolean over;

  CellRecord(Cell cell, LiveDisplays displays) {
    this.cell = cell;
    this.progress = new CellProgress(cell, displays);
    this.calls = new CallSites(cell.label(), System.nanoTime());
  }

  Cell cell() {
    return cell;
  }

  /** What its tasks print; made the first time. */
  synchronized CellPrints prints(Supplier<CellPrints> first) {
    prints = prints == null ? first.get() : prints;
    return prints;
  }

  /** The cell has ended, whether with an error: what comes now comes late. */
  void leave(boolean failed) {
    over = true;
    progress.end(failed);
  }

  /** Whether the cell has ended. */
  boolean isOver() {
    return over;
  }

  /** The lines on what it waits for. */
  CellProgress progress() {
    return progress;
  }

  /** Where it submits its tasks. */
  CallSites calls() {
    return calls;
  }

  static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  synchronized void before() {
    // Looking at the CPU time is none of the cell's time.
    before = ProcessTimes.atOnce();
    begin = begin == 0 ? now() : begin;
    end = 0;
  }

  synchronized void after() {
    end = now();
    ProcessTimes used = ProcessTimes.atOnce().minus(before);
    // The first reading of a session may have been a coarse one, the second not.
    cpu += Math.max(0, used.user() + used.system());
  }

  /** One of its threads begins to wait. */
  Wait waits(Awaited what) {
    long since = now();
    Object key = new Object();
    synchronized (this) {
      waiting.put(key, since);
    }
    Wait shown = progress.begins(what);
    return new Wait() {
      @Override
      public long patienceNs() {
        return shown.patienceNs();
      }

      @Override
      public void goesOn() {
        shown.goesOn();
      }

      @Override
      public void over(boolean interrupted) {
        waited(key, new Span(since, now()));
        shown.over(interrupted);
      }
    };
  }

  private synchronized void waited(Object key, Span span) {
    waiting.remove(key);
    if (waits.size() < MOST_WAITS) {
      waits.add(span);
    }
  }

  /** When its code began; 0 if it has run none. */
  synchronized long begin() {
    return begin;
  }

  /** When its code ended, or now. */
  synchronized long end() {
    return end == 0 ? now() : end;
  }

  /** CPU time of this process meanwhile. */
  synchronized long cpu() {
    return cpu;
  }

  /** When at least one of its threads waited, in order. */
  synchronized List<Span> waits() {
    List<Span> merged = new ArrayList<>();
    List<Span> sorted = new ArrayList<>(waits);
    long now = now();
    waiting.values().forEach(since -> sorted.add(new Span(since, now)));
    sorted.sort((a, b) -> Long.compare(a.begin, b.begin));
    for (Span each : sorted) {
      Span before = merged.isEmpty() ? null : merged.getLast();
      if (before != null && each.begin <= before.end) {
        merged.set(merged.size() - 1, new Span(before.begin, Math.max(before.end, each.end)));
      } else {
        merged.add(each);
      }
    }
    return merged;
  }
}
