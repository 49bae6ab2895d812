package org.rayshell.runtime;

import java.util.ArrayList;
import java.util.List;
import org.rayshell.runtime.wire.Message.TaskOutput;

/**
 * Lines that tasks print, on their way to the loop. Who prints faster than the driver takes waits.
 * Thread-safe: its own lock.
 */
final class OutputRelay {
  private static final int MOST_CHARS = 1 << 20;
  private static final int LINE_OVERHEAD = 32;

  private final Runnable wakeUp;
  private List<TaskOutput.Line> lines = new ArrayList<>();
  private int chars;

  /**
   * @param wakeUp asks the loop to {@link #take}, soon
   */
  OutputRelay(Runnable wakeUp) {
    this.wakeUp = wakeUp;
  }

  /** Adds a line. */
  void add(TaskOutput.Line line) {
    boolean first;
    synchronized (this) {
      awaitRoom();
      first = lines.isEmpty();
      lines.add(line);
      chars += weight(line);
    }
    if (first) {
      wakeUp.run();
    }
  }

  /** What a line counts for. */
  private static int weight(TaskOutput.Line line) {
    return line.text().length() + LINE_OVERHEAD;
  }

  /** What lines count for; no stream, which a new process would take long to set up. */
  static long weight(List<TaskOutput.Line> lines) {
    long sum = 0;
    for (TaskOutput.Line line : lines) {
      sum += weight(line);
    }
    return sum;
  }

  private void awaitRoom() {
    Waiting.uninterruptibly(this, () -> chars >= MOST_CHARS);
  }

  /** What was added since the last time. */
  synchronized List<TaskOutput.Line> take() {
    List<TaskOutput.Line> taken = lines;
    lines = new ArrayList<>();
    chars = 0;
    notifyAll();
    return taken;
  }
}
