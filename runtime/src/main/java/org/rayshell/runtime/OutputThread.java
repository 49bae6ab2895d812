package org.rayshell.runtime;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The thread that shows what tasks print: whoever takes it may be slow, or take nothing for a
 * while, and the loop must not wait for that. What is queued here stays small, since a worker sends
 * no more before it is told that all it sent was shown. Thread-safe.
 */
final class OutputThread {
  private static final long LAST_WORDS_SECONDS = 2;

  private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
  private final DriverHooks hooks;
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean ended;

  OutputThread(DriverHooks hooks) {
    this.hooks = hooks;
    this.thread =
        Thread.ofPlatform()
            .name("rayshell-output")
            .daemon()
            // It works for no cell in particular.
            .inheritInheritableThreadLocals(false)
            .start(this::run);
  }

  /** Shows the lines, later. */
  void show(List<DriverHooks.TaskOutput> lines) {
    queue.add(() -> {
      for (DriverHooks.TaskOutput line : lines) {
        // Who takes nothing when the session ends would keep the thread for ever.
        if (closed) {
          return;
        }
        hooks.taskOutput(line);
      }
    });
  }

  /** Runs the action when all is shown that was handed over before. */
  void afterwards(Runnable action) {
    queue.add(action);
  }

  /** Waits until all is shown that was handed over before, but not for ever. */
  void await() {
    CountDownLatch shown = new CountDownLatch(1);
    queue.add(shown::countDown);
    if (ended) {
      return;
    }
    try {
      shown.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Shows what is left, if anybody takes it, and ends the thread. */
  void close() {
    if (Thread.currentThread() != thread) {
      await();
    }
    closed = true;
    thread.interrupt();
  }

  private void run() {
    while (!closed) {
      try {
        guard(queue.take());
      } catch (InterruptedException _) {
        // By close.
      }
    }
    // Set before the last look: whoever adds after that does not wait for it.
    ended = true;
    for (Runnable action; (action = queue.poll()) != null; ) {
      guard(action);
    }
  }

  /** A hook that fails does so for its own line. */
  private static void guard(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      System.getLogger("org.rayshell")
          .log(System.Logger.Level.WARNING, "what a task printed could not be shown", e);
    }
  }
}
