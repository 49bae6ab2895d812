package org.rayshell.kernel.eval;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finds the threads that a stopped cell leaves running, and says where they are in terms of cells
 * and lines. Thread-safe.
 */
final class Leftovers {
  /** For threads that a cell started to come to a check, if the cell's own took all its time. */
  private static final long GRACE_NS = TimeUnit.MILLISECONDS.toNanos(5);

  /** Threads that are named; of more it is said how many. */
  private static final int MOST = 20;

  private final CellTrace trace;

  Leftovers(CellTrace trace) {
    this.trace = trace;
  }

  /**
   * Says on stderr which threads still run that the cell has started, or that all cells share, and
   * has them end at their next check.
   */
  void tell(StopSignal cell) {
    List<Thread> all = running(cell);
    for (Thread each : all) {
      if (!ThreadWork.isShared(each) || ThreadWork.runsCell(each.getStackTrace())) {
        Runaways.leaveHelper(each);
      }
    }
    all.stream().limit(MOST).forEach(each -> System.err.println(describe(each, cell)));
    if (all.size() > MOST) {
      System.err.println(
          "and " + (all.size() - MOST) + " more threads of In [" + cell.cell() + "] still run");
    }
  }

  private static List<Thread> running(StopSignal cell) {
    List<Thread> found = helpers(cell);
    if (found.isEmpty()) {
      return found;
    }
    try {
      long deadline =
          Math.max(cell.requestedAt() + StopSignal.PATIENCE_NS, System.nanoTime() + GRACE_NS);
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
    for (Thread each : LiveThreads.all()) {
      boolean works =
          ThreadWork.isShared(each)
              ? ThreadWork.runsTask(each)
              : cell.mayHaveStarted(each) && ThreadWork.runsOn(each);
      if (works && !Runaways.isLeft(each)) {
        found.add(each);
      }
    }
    found.sort(Comparator.comparingLong(Thread::threadId));
    return found;
  }

  /** A line on a thread that a stopped cell leaves running. */
  String describe(Thread thread, StopSignal cell) {
    boolean inCell = ThreadWork.runsCell(thread.getStackTrace());
    // What such a thread does without a cell's code, any cell may have given it, long ago.
    boolean anyones = ThreadWork.isShared(thread) && !inCell;
    return "thread "
        + (thread.getName().isEmpty() ? "#" + thread.threadId() : thread.getName())
        + (anyones ? ", which all cells share," : " of In [" + cell.cell() + "]")
        + " still runs"
        + where(thread)
        + owner(thread)
        + (anyones
            ? "; only a restart of the kernel is sure to end it"
            : "; it ends as soon as it " + (inCell ? "is back in" : "comes to") + " a cell's code");
  }

  /** What code of a cell called last, and where. */
  private String where(Thread thread) {
    StackTraceElement called = null;
    StackTraceElement given = null;
    for (StackTraceElement frame : thread.getStackTrace()) {
      if (CellTrace.isBelow(frame)) {
        break;
      }
      StackTraceElement shown = trace.shown(frame);
      if (shown != null && shown != frame) {
        return " at " + CellTrace.text(shown) + (called == null ? "" : ", in " + name(called));
      }
      if (CellTrace.isWoven(frame)) {
        called = null;
        given = null;
      } else if (shown != null) {
        called = shown;
        given = ThreadWork.carries(frame) ? given : shown;
      }
    }
    called = given == null ? called : given;
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
