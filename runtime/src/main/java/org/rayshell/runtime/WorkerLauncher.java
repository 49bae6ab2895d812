package org.rayshell.runtime;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rayshell.RuntimeEnv;
import org.rayshell.runtime.worker.ProcessCommand;
import org.rayshell.runtime.worker.SessionDirectory;
import org.rayshell.runtime.worker.WorkerExit;
import org.rayshell.runtime.worker.WorkerProcess;

/**
 * Starts and kills the worker processes of a session. Starting one takes milliseconds, so each has
 * a thread for that. Thread-safe: one lock.
 */
final class WorkerLauncher {
  /** Told once of each worker that was to be started: that it ended, or why it did not start. */
  interface Ended {
    void ended(int number, long pid, String exit, String stderrTail);
  }

  private final ProcessCommand command;
  private final SessionDirectory session;
  private final Ended listener;
  private final ThreadGroup group;

  /** Every worker that was to be started and has not ended; null while it starts. */
  private final Map<Integer, WorkerProcess> alive = new HashMap<>();

  private boolean closed;

  /**
   * None yet.
   *
   * @param group of the threads that start and await processes
   */
  WorkerLauncher(
      ProcessCommand command, SessionDirectory session, ThreadGroup group, Ended listener) {
    this.command = command;
    this.session = session;
    this.group = group;
    this.listener = listener;
  }

  /** Starts a worker with that environment; returns at once. */
  synchronized void start(int number, RuntimeEnv env) {
    if (!closed) {
      alive.put(number, null);
      Thread.ofPlatform()
          .group(group)
          .name("rayshell-start-w" + number)
          .daemon()
          // Whoever has the loop's turn just now: it works for no cell or task in particular.
          .inheritInheritableThreadLocals(false)
          .start(() -> launch(number, env));
    }
  }

  private void launch(int number, RuntimeEnv env) {
    try {
      WorkerProcess process =
          WorkerProcess.start(command, session, number, env, e -> ended(number, e));
      boolean wanted;
      synchronized (this) {
        wanted = !closed;
        // It may have ended already.
        if (alive.containsKey(number)) {
          alive.put(number, process);
        }
      }
      if (!wanted) {
        process.kill();
      }
    } catch (IOException | RuntimeException e) {
      ended(number, 0, "it could not be started: " + e.getMessage(), "");
    }
  }

  private void ended(int number, WorkerExit exit) {
    ended(number, exit.pid(), exit.text(), exit.stderrTail());
  }

  private void ended(int number, long pid, String exit, String stderrTail) {
    synchronized (this) {
      alive.remove(number);
      notifyAll();
    }
    listener.ended(number, pid, exit, stderrTail);
  }

  void kill(int number) {
    WorkerProcess process;
    synchronized (this) {
      process = alive.get(number);
    }
    if (process != null) {
      process.kill();
    }
  }

  /** Kills all, starts no more, and waits until none is left. */
  void killAll() {
    List<WorkerProcess> processes;
    synchronized (this) {
      closed = true;
      processes = alive.values().stream().filter(java.util.Objects::nonNull).toList();
    }
    processes.forEach(WorkerProcess::kill);
    synchronized (this) {
      Waiting.uninterruptibly(this, () -> !alive.isEmpty());
    }
  }
}
