package org.rayshell.runtime.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Which functions ran when, while a profile is made. Thread-safe: its own lock. */
final class TaskSpans {
  /** Runs of one function that follow each other as closely are one. */
  private static final long CLOSE_NS = 1_000_000L;

  /** So many at most; what comes later is not known. */
  private static final int MOST = 100_000;

  private static final class Span {
    final String function;
    final long from;
    long to;

    Span(String function, long from) {
      this.function = function;
      this.from = from;
      this.to = Long.MAX_VALUE;
    }
  }

  private final BiPredicate<String, String> wanted;
  private final List<Span> spans = new ArrayList<>();
  private Span open;

  /**
   * @param wanted by function and task id
   */
  TaskSpans(BiPredicate<String, String> wanted) {
    this.wanted = wanted;
  }

  /** A task runs from that time on, epoch nanoseconds. */
  synchronized void began(String function, String taskId, long at) {
    ended(at);
    if (!wanted.test(function, taskId) || spans.size() >= MOST) {
      return;
    }
    Span last = spans.isEmpty() ? null : spans.getLast();
    if (last != null && last.function.equals(function) && at - last.to < CLOSE_NS) {
      last.to = Long.MAX_VALUE;
      open = last;
    } else {
      open = new Span(function, at);
      spans.add(open);
    }
  }

  /** No task runs any more. */
  synchronized void ended(long at) {
    if (open != null) {
      open.to = Math.max(open.from, at);
      open = null;
    }
  }

  /** How long they ran between these times. */
  synchronized long ranNs(long from, long to) {
    long ran = 0;
    for (Span span : spans) {
      ran += Math.max(0, Math.min(to, span.to) - Math.max(from, span.from));
    }
    return ran;
  }

  /** The function that ran then; null if none that is wanted did. */
  synchronized String at(long time) {
    int low = 0;
    int high = spans.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Span span = spans.get(middle);
      if (time < span.from) {
        high = middle - 1;
      } else if (time > span.to) {
        low = middle + 1;
      } else {
        return span.function;
      }
    }
    return null;
  }
}
