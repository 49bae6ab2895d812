package org.rayshell.runtime;

import org.rayshell.runtime.profile.TaskProfiler;
import org.rayshell.runtime.wire.Message;

/**
 * A task that this worker runs, and how many of its threads wait for others. Thread-safe: its own
 * lock.
 */
final class RunningTask {
  /** Told when the first thread begins to wait, and when the last goes on. */
  interface BlockedListener {
    void blocked(boolean begins);
  }

  final Message.PushTask task;
  final String owner;
  final ClassLoader loader;

  /** When it began, epoch nanoseconds. */
  final long started;

  /** The CPU time of the thread that runs it, when it began. */
  final long cpuAtStart;

  private volatile String lastOutput;
  private int blockedThreads;
  private boolean ended;

  RunningTask(
      Message.PushTask task, String owner, ClassLoader loader, long started, long cpuAtStart) {
    this.task = task;
    this.owner = owner;
    this.loader = loader;
    this.started = started;
    this.cpuAtStart = cpuAtStart;
  }

  /** It has printed a line. */
  void printed(String line) {
    if (!line.isBlank()) {
      lastOutput = line;
    }
  }

  /** The last line that it printed, other than blank; null if it has printed none. */
  String lastOutput() {
    return lastOutput;
  }

  /** What a profile calls it; null if there is none. */
  static TaskProfiler.Task profiled(RunningTask running) {
    return running == null
        ? null
        : new TaskProfiler.Task(running.task.name(), running.task.task().taskId());
  }

  synchronized void blocked(boolean begins, BlockedListener listener) {
    if (ended) {
      return;
    }
    blockedThreads += begins ? 1 : -1;
    if (begins && blockedThreads == 1 || !begins && blockedThreads == 0) {
      listener.blocked(begins);
    }
  }

  /** Threads that the task left waiting are nobody's business any more. */
  synchronized void end(BlockedListener listener) {
    ended = true;
    if (blockedThreads > 0) {
      listener.blocked(false);
    }
  }
}
