package org.rayshell.kernel.bridge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rayshell.kernel.magic.ProcessTimes;
import org.rayshell.kernel.session.Cell;

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

  /** Front ends take seconds to show very many lines if each has a colour. */
  static final int COLOURED_LINES = 500;

  private static final int MOST_WAITS = 20_000;

  private final Cell cell;
  private final List<Span> waits = new ArrayList<>();
  private final Map<Thread, Long> waiting = new HashMap<>();
  private ProcessTimes before;
  private long begin;
  private long end;
  private long cpu;
  private int taskLines;

  CellRecord(Cell cell) {
    this.cell = cell;
  }

  Cell cell() {
    return cell;
  }

  /** Its tasks print one more line; whether that is to be in colour. */
  synchronized boolean colourNext() {
    taskLines = Math.min(taskLines + 1, COLOURED_LINES + 1);
    return taskLines <= COLOURED_LINES;
  }

  static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  synchronized void before() {
    begin = begin == 0 ? now() : begin;
    end = 0;
    before = ProcessTimes.now();
  }

  synchronized void after() {
    ProcessTimes used = ProcessTimes.now().minus(before);
    cpu += used.user() + used.system();
    end = now();
  }

  synchronized void blocked(boolean begins) {
    Thread thread = Thread.currentThread();
    if (begins) {
      waiting.putIfAbsent(thread, now());
      return;
    }
    Long since = waiting.remove(thread);
    if (since != null && waits.size() < MOST_WAITS) {
      waits.add(new Span(since, now()));
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
