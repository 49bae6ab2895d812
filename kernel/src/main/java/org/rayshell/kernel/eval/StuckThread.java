package org.rayshell.kernel.eval;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;

/** Says of a thread that does not end where it is, in terms of cells and lines. Thread-safe. */
final class StuckThread {
  private final CellTrace trace;

  StuckThread(CellTrace trace) {
    this.trace = trace;
  }

  /** A line on a thread of a stopped cell. */
  String tell(Thread thread, int cell) {
    return "thread "
        + thread.getName()
        + " of In ["
        + cell
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
        return " at "
            + CellTrace.text(shown)
            + (called == null
                ? ""
                : ", in " + called.getClassName() + "." + called.getMethodName());
      }
      called = shown == null ? called : shown;
    }
    return called == null ? "" : " in " + called.getClassName() + "." + called.getMethodName();
  }

  /** Who has the lock that it waits for. */
  private static String owner(Thread thread) {
    Thread.State state = thread.getState();
    if (state != Thread.State.BLOCKED && state != Thread.State.WAITING) {
      return "";
    }
    ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.threadId());
    if (info == null || info.getLockOwnerName() == null) {
      return "";
    }
    return ", waiting for a lock that thread " + info.getLockOwnerName() + " has";
  }
}
