package org.rayshell.runtime.worker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * What one task prints, cut into lines; what has no line end for a while is sent without it.
 * Thread-safe: a lock for each stream.
 */
final class TaskOutput {
  private static final long PARTIAL_MS = 200;

  /** A thread for each time: it may have to wait as a task does that prints much. */
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(
          PARTIAL_MS,
          TimeUnit.MILLISECONDS,
          work -> Thread.ofVirtual().inheritInheritableThreadLocals(false).start(work));

  private final Stream out;
  private final Stream err;
  private volatile boolean ended;

  TaskOutput(LineSink sink) {
    out = new Stream(new LineCutter(line -> sink.line(line, false)));
    err = new Stream(new LineCutter(line -> sink.line(line, true)));
  }

  boolean ended() {
    return ended;
  }

  /** Takes the bytes, or returns false if the task has ended. */
  boolean write(boolean stderr, byte[] bytes, int from, int length) {
    Stream stream = stderr ? err : out;
    synchronized (stream) {
      if (ended) {
        return false;
      }
      stream.lines.write(bytes, from, length);
      stream.watch();
      return true;
    }
  }

  /** Sends what has no line end yet; takes nothing from now on. */
  void end() {
    synchronized (out) {
      synchronized (err) {
        ended = true;
        out.lines.end();
        err.lines.end();
      }
    }
  }

  /** One of the two; its monitor guards it. */
  private final class Stream {
    final LineCutter lines;
    private boolean watched;

    Stream(LineCutter lines) {
      this.lines = lines;
    }

    /** Sees to it that a line which does not end is sent all the same. */
    void watch() {
      if (!watched && lines.isPartial()) {
        watched = true;
        long line = lines.emitted();
        LATER.execute(() -> expire(line));
      }
    }

    private synchronized void expire(long line) {
      watched = false;
      if (!ended && lines.isPartial() && lines.emitted() == line) {
        lines.end();
      } else if (!ended) {
        watch();
      }
    }
  }
}
