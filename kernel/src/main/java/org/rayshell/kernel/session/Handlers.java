package org.rayshell.kernel.session;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs what cells left to be called later, such as the handlers of widgets: one after the other, on
 * a thread of their own, beside the cells that run. An interrupt ends the one that runs.
 * Thread-safe.
 */
public final class Handlers {
  private static final long IDLE_SECONDS = 5;
  private static volatile Engine engine;

  private Handlers() {}

  /** Code of a cell. */
  @FunctionalInterface
  public interface Code {
    /** Runs it. */
    void run() throws Exception;
  }

  /** For the kernel: what runs user code from now on; null at its end. */
  public static void offer(Engine running) {
    engine = running;
  }

  /**
   * Runs it when those before it have ended; returns at once.
   *
   * @param what it handles, for what is said when it is interrupted
   * @param cell under which it prints, which may have ended; null for none
   */
  public static void run(String what, Cell cell, Code code) {
    Queue.THREAD.execute(() -> runNow(what, cell, code));
  }

  private static void runNow(String what, Cell cell, Code code) {
    Engine by = engine;
    if (by == null || cell == null) {
      call(code);
      return;
    }
    // Whether that cell was interrupted, long ago perhaps, is no matter of the handler's.
    Cell handlers =
        new ForwardingCell(cell) {
          @Override
          public boolean interrupted() {
            return false;
          }
        };
    CurrentCell.swap(handlers);
    try {
      by.handle(what, handlers, () -> call(code));
    } finally {
      CurrentCell.swap(null);
      // Perhaps of an interrupt that came just as the handler ended by itself.
      Thread.interrupted();
    }
  }

  private static void call(Code code) {
    try {
      code.run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      e.printStackTrace();
    }
  }

  /** Made when the first handler is to run. */
  private static final class Queue {
    static final ThreadPoolExecutor THREAD =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform()
                .name("kernel-handlers")
                .daemon()
                .inheritInheritableThreadLocals(false)
                .factory());

    static {
      THREAD.allowCoreThreadTimeOut(true);
    }
  }
}
