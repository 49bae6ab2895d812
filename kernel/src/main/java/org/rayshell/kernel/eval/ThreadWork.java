package org.rayshell.kernel.eval;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ThreadPoolExecutor;

/** Tells whose work a thread does, by where it is. Without state. */
final class ThreadWork {
  private static final String WOVEN = SessionClasses.PACKAGE + ".$JShell$";

  /** What threads run that were given something to do. */
  private static final List<String> CARRIERS =
      List.of(
          "java.lang.Thread",
          "java.lang.VirtualThread",
          "java.util.TimerThread",
          "java.util.concurrent.CompletableFuture",
          "java.util.concurrent.CountedCompleter",
          "java.util.concurrent.Executors",
          "java.util.concurrent.ForkJoin",
          "java.util.concurrent.FutureTask",
          "java.util.concurrent.ScheduledThreadPoolExecutor",
          "java.util.concurrent.ThreadPerTaskExecutor",
          "java.util.concurrent.ThreadPoolExecutor");

  private ThreadWork() {}

  /** Whether the frame is of what brings a thread to its work, and not of the work. */
  static boolean carries(StackTraceElement frame) {
    return CARRIERS.stream().anyMatch(frame.getClassName()::startsWith);
  }

  /** Whether the thread works for all cells. */
  static boolean isShared(Thread thread) {
    return thread instanceof ForkJoinWorkerThread worker
        && worker.getPool() == ForkJoinPool.commonPool();
  }

  /** Whether a thread that all cells share works. */
  static boolean runsTask(Thread shared) {
    for (StackTraceElement frame : shared.getStackTrace()) {
      if (frame.getClassName().equals(ForkJoinTask.class.getName())) {
        return true;
      }
    }
    return false;
  }

  /** Whether code of a cell is under way there. */
  static boolean runsCell(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      if (frame.getClassName().startsWith(WOVEN)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a thread that some cell may have started still does what it was started for: what runs
   * code of a cell, and what a cell started with other code, pools that wait for work excepted.
   */
  static boolean runsOn(Thread thread) {
    if (thread instanceof CellThread || isOurs(thread)) {
      return false;
    }
    if (thread.isVirtual()) {
      return thread.isAlive();
    }
    StackTraceElement[] stack = thread.getStackTrace();
    return runsCell(stack)
        || (CellThread.startedByCells(thread) && stack.length > 0 && !waitsForWork(stack));
  }

  /** The kernel's and the runtime's: some of them start when a cell first needs them. */
  private static boolean isOurs(Thread thread) {
    String name = thread.getName();
    return name.startsWith("kernel-")
        || name.startsWith("rayshell-")
        // Of the dashboard, named by the JDK.
        || name.equals("HTTP-Dispatcher");
  }

  private static boolean waitsForWork(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      if (switch (frame.getMethodName()) {
        case "getTask" -> isIn(frame, ThreadPoolExecutor.class);
        case "awaitWork" -> isIn(frame, ForkJoinPool.class);
        case "loop" -> frame.getClassName().equals("java.util.concurrent.DelayScheduler");
        case "mainLoop" ->
            frame.getClassName().equals("java.util.TimerThread") && isIn(stack[0], Object.class);
        default -> false;
      }) {
        return true;
      }
    }
    return false;
  }

  private static boolean isIn(StackTraceElement frame, Class<?> type) {
    return frame.getClassName().equals(type.getName());
  }
}
