package org.rayshell.kernel.eval;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.function.Executable;

/** A session whose cells are stopped at some point. Its tests use it from one thread. */
final class StoppedCells implements AutoCloseable {
  /** A thread that waits in so many looks in a row does not wait for a moment. */
  private static final int ENOUGH_LOOKS = 20;

  final Cells cells = new Cells();

  /** Runs the cell and stops it when it comes to HERE, which {@code arrived.run()} stands for. */
  EvalResult stopped(String code) throws Exception {
    Cells.there = new CountDownLatch(1);
    Thread stopper =
        Thread.ofPlatform()
            .start(() -> {
              try {
                if (Cells.there.await(30, TimeUnit.SECONDS)) {
                  cells.evaluator().stop();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    EvalResult result = cells.run(code.replace("HERE", "arrived.run();"));
    stopper.join();
    return result;
  }

  /**
   * Runs the cell and stops it when it, or a thread it has started, sleeps or waits where no
   * interrupt helps.
   */
  EvalResult stoppedWhileItWaits(String code) throws Exception {
    Thread stopper =
        Thread.ofPlatform()
            .start(() -> {
              // A thread may wait a moment for a class that another one loads.
              int looks = 0;
              while (looks < ENOUGH_LOOKS) {
                Map<Thread, StackTraceElement[]> all = Thread.getAllStackTraces();
                // What an earlier cell gave to the common pool may wait before this cell begins.
                boolean there = any(all, StoppedCells::isCell) && any(all, StoppedCells::waits);
                looks = there ? looks + 1 : 0;
              }
              cells.evaluator().stop();
            });
    EvalResult result = cells.run(code);
    stopper.join();
    return result;
  }

  private static boolean any(
      Map<Thread, StackTraceElement[]> all, BiPredicate<Thread, StackTraceElement[]> which) {
    return all.entrySet().stream().anyMatch(each -> which.test(each.getKey(), each.getValue()));
  }

  private static boolean isCell(Thread thread, StackTraceElement[] stack) {
    return thread instanceof CellThread && ThreadWork.runsCell(stack);
  }

  private static boolean waits(Thread thread, StackTraceElement[] stack) {
    return ThreadWork.runsCell(stack)
        && (thread.getState() == Thread.State.BLOCKED
            || thread.getState() == Thread.State.TIMED_WAITING
            || Arrays.stream(stack)
                .anyMatch(each -> each.getMethodName().equals("acquireUninterruptibly")));
  }

  /** What was written to stderr meanwhile. */
  static String said(Executable action) throws Exception {
    PrintStream former = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setErr(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      action.execute();
    } catch (Throwable e) {
      throw new AssertionError(e);
    } finally {
      System.setErr(former);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    cells.close();
  }
}
