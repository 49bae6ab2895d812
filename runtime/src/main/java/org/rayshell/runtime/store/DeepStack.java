package org.rayshell.runtime.store;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Runs work on a thread of its own whose stack is deep. */
final class DeepStack {
  private DeepStack() {}

  static <T> T run(long stackBytes, Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread thread = new Thread(null, task, "rayshell-deep-value", stackBytes);
    thread.setDaemon(true);
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case StackOverflowError _ ->
            new UnshippableException(
                "it is nested too deeply: stackBytes=" + stackBytes + "; send it as a flat list");
        case RuntimeException failed -> failed;
        case Error error -> throw error;
        default -> new IllegalStateException(e.getCause());
      };
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
