package org.rayshell.runtime.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.rayshell.runtime.ObjectId;

/** The latest lines that tasks printed; the oldest go. Thread-safe: one lock, a leaf. */
public final class OutputLog {
  static final int MOST_LINES = 10_000;
  static final int MOST_CHARS = 4 << 20;
  static final int LONGEST_LINE = 4_000;

  /** A line as it is kept: ids become text only when somebody looks. */
  private record Kept(
      long number,
      long at,
      long pid,
      ObjectId task,
      String function,
      String cell,
      boolean stderr,
      String text) {
    LogLine line() {
      return new LogLine(number, at, pid, task.taskId(), function, cell, stderr, text);
    }
  }

  private final Deque<Kept> lines = new ArrayDeque<>();
  private long chars;
  private long added;

  /**
   * Adds a line.
   *
   * @param at epoch nanoseconds
   */
  public synchronized void add(
      long at, long pid, ObjectId task, String function, String cell, boolean stderr, String text) {
    String kept = text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "…";
    lines.add(new Kept(++added, at, pid, task, function, cell, stderr, kept));
    chars += kept.length();
    while (lines.size() > MOST_LINES || chars > MOST_CHARS) {
      chars -= lines.remove().text.length();
    }
  }

  /**
   * The latest lines that are wanted.
   *
   * @param after those after the line of that number
   * @param most how many at most
   */
  LogPage page(Predicate<LogLine> wanted, long after, int most) {
    List<Kept> all = new ArrayList<>();
    long last;
    long dropped;
    synchronized (this) {
      last = added;
      dropped = added - lines.size();
      Iterator<Kept> newest = lines.descendingIterator();
      while (newest.hasNext()) {
        Kept line = newest.next();
        if (line.number <= after) {
          break;
        }
        all.add(line);
      }
    }
    List<LogLine> found = new ArrayList<>();
    for (Kept kept : all) {
      if (found.size() == most) {
        break;
      }
      LogLine line = kept.line();
      if (wanted.test(line)) {
        found.add(line);
      }
    }
    Collections.reverse(found);
    return new LogPage(found, last, dropped);
  }
}
