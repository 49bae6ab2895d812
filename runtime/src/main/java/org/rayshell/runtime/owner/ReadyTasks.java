package org.rayshell.runtime.owner;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tasks that could run: those that run again first, then the deeper ones, since others wait for
 * them; then the functions take turns, and each one's tasks keep their order. Belongs to the loop.
 */
final class ReadyTasks {
  /** Tasks of one function and depth; it has some while it is in {@link Turns}. */
  private static final class Line {
    private final RemoteFunction function;
    private final ArrayDeque<PendingTask> tasks = new ArrayDeque<>();

    Line(RemoteFunction function) {
      this.function = function;
    }
  }

  /** The functions of one depth; the first one's turn it is. */
  private static final class Turns {
    private final Map<RemoteFunction, Line> lines = new HashMap<>();
    private final ArrayDeque<Line> order = new ArrayDeque<>();

    Line line(RemoteFunction function) {
      return lines.computeIfAbsent(
          function,
          _ -> {
            Line line = new Line(function);
            order.add(line);
            return line;
          });
    }

    PendingTask poll() {
      Line line = order.poll();
      PendingTask task = line.tasks.poll();
      if (line.tasks.isEmpty()) {
        lines.remove(line.function);
      } else {
        order.add(line);
      }
      return task;
    }
  }

  private final ArrayDeque<PendingTask> again = new ArrayDeque<>();
  private final TreeMap<Integer, Turns> byDepth = new TreeMap<>(Collections.reverseOrder());

  boolean isEmpty() {
    return peek() == null;
  }

  /** A task that comes after the others of its function. */
  void add(PendingTask task) {
    line(task).tasks.add(task);
  }

  /** A task that was taken and not begun: comes before the others of its function. */
  void putBack(PendingTask task) {
    line(task).tasks.addFirst(task);
  }

  /** A task that is to run again: comes before all others. */
  void addAgain(PendingTask task) {
    again.addFirst(task);
  }

  private Line line(PendingTask task) {
    return byDepth.computeIfAbsent(task.origin().depth(), _ -> new Turns()).line(task.function());
  }

  /** The next one, which stays; null if there is none. Those that have ended are dropped. */
  PendingTask peek() {
    PendingTask next = head();
    while (next != null && next.state.isTerminal()) {
      take();
      next = head();
    }
    return next;
  }

  /** Takes the next one; null if there is none. */
  PendingTask poll() {
    return peek() == null ? null : take();
  }

  private PendingTask head() {
    if (!again.isEmpty() || byDepth.isEmpty()) {
      return again.peek();
    }
    return byDepth.firstEntry().getValue().order.peek().tasks.peek();
  }

  private PendingTask take() {
    if (!again.isEmpty() || byDepth.isEmpty()) {
      return again.poll();
    }
    Map.Entry<Integer, Turns> deepest = byDepth.firstEntry();
    PendingTask task = deepest.getValue().poll();
    if (deepest.getValue().order.isEmpty()) {
      byDepth.remove(deepest.getKey());
    }
    return task;
  }
}
