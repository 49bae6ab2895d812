package org.rayshell.runtime.worker;

/** What one task prints, cut into lines. Thread-safe: a lock for each stream. */
final class TaskOutput {
  private final LineCutter out;
  private final LineCutter err;
  private volatile boolean ended;

  TaskOutput(LineSink sink) {
    out = new LineCutter(line -> sink.line(line, false));
    err = new LineCutter(line -> sink.line(line, true));
  }

  boolean ended() {
    return ended;
  }

  /** Takes the bytes, or returns false if the task has ended. */
  boolean write(boolean stderr, byte[] bytes, int from, int length) {
    LineCutter stream = stderr ? err : out;
    synchronized (stream) {
      if (ended) {
        return false;
      }
      stream.write(bytes, from, length);
      return true;
    }
  }

  /** Sends what has no line end yet; takes nothing from now on. */
  void end() {
    synchronized (out) {
      synchronized (err) {
        ended = true;
        out.end();
        err.end();
      }
    }
  }
}
