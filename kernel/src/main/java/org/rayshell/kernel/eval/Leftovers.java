package org.rayshell.kernel.eval;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Finds the threads that a stopped cell leaves running, and says where they are in terms of cells
 * and lines. Thread-safe.
 */
final class Leftovers {
  /** For threads that a cell started to come to a check. */
  private static final long GRACE_NS = TimeUnit.MILLISECONDS.toNanos(20);

  private final CellTrace trace;

  Leftovers(CellTrace trace) {
    this.trace = trace;
  }

  /**
   * Says on stderr which threads still run that the cell has started, or that all cells share, and
   * has them end at their next check.
   */
  void tell(StopSignal cell) {
    for (Thread each : running(cell)) {
      if (Runaways.runsCell(each.getStackTrace())) {
        Runaways.leaveHelper(each);
      }
      System.err.println(describe(each, cell));
    }
  }

  private static List<Thread> running(StopSignal cell) {
    List<Thread> found = helpers(cell);
    if (found.isEmpty()) {
      return found;
    }
    try {
      long deadline = System.nanoTime() + GRACE_NS;
      for (Thread each : found) {
        long left = deadline - System.nanoTime();
        if (left > 0) {
          TimeUnit.NANOSECONDS.timedJoin(each, left);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return helpers(cell);
  }

  private static List<Thread> helpers(StopSignal cell) {
    List<Thread> found = new ArrayList<>();
    for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
      Thread thread = each.getKey();
      boolean works =
          Runaways.isShared(thread)
              ? Runaways.runsTask(each.getValue())
              : cell.mayHaveStarted(thread)
                  && !(thread instanceof CellThread)
                  && Runaways.runsCell(each.getValue());
      if (works && !Runaways.isLeft(thread)) {
        found.add(thread);
      }
    }
    found.sort(Comparator.comparingLong(Thread::threadId));
    return found;
  }

  /** A line on a thread that a stopped cell leaves running. */
  String describe(Thread thread, StopSignal cell) {
    return "thread "
        + thread.getName()
        + " of In ["
        + cell.cell()
        + "] still runs"
        + where(thread)
        + owner(thread)
        + "; it ends as soon as it is back in a cell's code";
  }

  /** What code of a cell called last, and where. */
  private String where(Thread thread) {
    StackTraceElement called = null;
    for (StackTraceElement frame : thread.getStackTrace()) {
      if (CellTrace.isBelow(frame)) {
        break;
      }
      StackTraceElement shown = trace.shown(frame);
      if (shown != null && shown != frame) {
        return " at " + CellTrace.text(shown) + (called == null ? "" : ", in " + name(called));
      }
      called = CellTrace.isWoven(frame) ? null : shown == null ? called : shown;
    }
    return called == null ? "" : " in " + name(called);
  }

  private static String name(StackTraceElement frame) {
    return frame.getClassName() + "." + frame.getMethodName();
  }

  /** Who has the lock that it waits for. */
  private static String owner(Thread thread) {
    Thread.State state = thread.getState();
    if (state != Thread.State.BLOCKED && state != Thread.State.WAITING) {
      return "";
    }
    ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.threadId());
    return info == null || info.getLockOwnerName() == null
        ? ""
        : ", waiting for a lock that thread " + info.getLockOwnerName() + " has";
  }
}
