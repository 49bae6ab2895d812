package org.rayshell.runtime;

import java.util.List;
import org.rayshell.runtime.wire.Message;

/** Texts about what tasks throw. */
final class TaskErrors {
  private TaskErrors() {}

  /** {@code ArithmeticException: / by zero}. */
  static String firstLine(Throwable thrown) {
    Class<?> type = thrown.getClass();
    while (type.isAnonymousClass()) {
      type = type.getSuperclass();
    }
    String name = type.getSimpleName();
    String message;
    try {
      message = thrown.getMessage();
    } catch (RuntimeException | Error e) {
      message = "(its message cannot be had: " + e.getClass().getSimpleName() + ")";
    }
    String line = message == null ? "" : message.lines().findFirst().orElse("");
    String text = line.isEmpty() ? name : name + ": " + line;
    return thrown instanceof OutOfMemoryError ? text + heap() : text;
  }

  private static String heap() {
    return " (workerHeap="
        + Runtime.getRuntime().maxMemory()
        + "; start with more by Ray.init(RayOptions.create().workerHeap(…)), or work in parts)";
  }

  /** Whether the exception's class or one of its superclasses has one of these names. */
  static boolean isOf(Throwable thrown, List<String> names) {
    for (Class<?> each = thrown.getClass(); each != null; each = each.getSuperclass()) {
      if (names.contains(each.getName())) {
        return true;
      }
    }
    return false;
  }

  /**
   * {@code f failed on worker 123: ArithmeticException: / by zero}. The attempt is named only after
   * a retry: what a task throws is none.
   */
  static String message(Message.PushTask task, long pid, String error) {
    String attempt =
        task.attempt() == 1
            ? ""
            : ", attempt " + task.attempt() + (task.attempts() < 0 ? "" : " of " + task.attempts());
    return task.name() + " failed on worker " + pid + attempt + ": " + error;
  }
}
