package org.rayshell.runtime;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rayshell.runtime.owner.ObjectState;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.TaskUpdate;

/** Texts about what tasks throw. */
public final class TaskErrors {
  private static final int LINE_CHARS = 200;

  /** The line that names the cell; none before it begins so. */
  private static final Pattern SUBMITTED = Pattern.compile("(?m)^Submitted in .*$");

  private TaskErrors() {}

  /** {@code ArithmeticException: / by zero}. */
  public static String firstLine(Throwable thrown) {
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
  public static boolean isOf(Throwable thrown, List<String> names) {
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
   *
   * @param lastOutput the last line that it printed; null if there is none
   */
  public static String message(Message.PushTask task, long pid, String error, String lastOutput) {
    String attempt =
        task.attempt() == 1
            ? ""
            : ", attempt " + task.attempt() + (task.attempts() < 0 ? "" : " of " + task.attempts());
    return task.name()
        + " failed on worker "
        + pid
        + attempt
        + ": "
        + error
        + (task.cell() == null ? "" : "\nSubmitted in " + task.cell())
        + (lastOutput == null ? "" : "\nLast output of the task: " + cut(lastOutput));
  }

  /**
   * The message of a failure with the place in its cell from which the task was submitted.
   *
   * @param place null if it is not known: the message stays as it is
   */
  static String placed(String message, String place) {
    return place == null
        ? message
        : SUBMITTED.matcher(message).replaceFirst("$0" + Matcher.quoteReplacement(", " + place));
  }

  private static String cut(String line) {
    return line.length() <= LINE_CHARS ? line : line.substring(0, LINE_CHARS - 1) + "…";
  }

  /**
   * {@code and 3 more failed: 2 × ArithmeticException, 1 × TaskTimeoutException}, on a line of its
   * own; empty if there are none.
   */
  static String others(ObjectState first, List<ObjectState> all) {
    Map<String, Integer> types = new LinkedHashMap<>();
    int others = 0;
    for (ObjectState each : all) {
      if (each != first && each.hasFailed()) {
        types.merge(type(each), 1, Integer::sum);
        others++;
      }
    }
    return others == 0 ? "" : "\nand " + others + " more failed: " + counted(types, " × ");
  }

  private static String type(ObjectState failed) {
    TaskUpdate task = failed.task();
    return switch (failed.outcome().kind()) {
      case TASK_FAILED ->
          task == null || task.error() == null
              ? "RayTaskException"
              : task.error().replaceFirst("(?s)[ :(].*", "");
      case WORKER_CRASHED -> "WorkerCrashedException";
      case OWNER_DIED -> "OwnerDiedException";
      case OBJECT_LOST, FREED -> "ObjectLostException";
      case TASK_CANCELLED -> "TaskCancelledException";
      case TASK_TIMED_OUT -> "TaskTimeoutException";
      case REFUSED, SESSION_ENDED, VALUE, STORED -> "RayException";
    };
  }

  /** {@code Ray.get: 3 of 12 not ready after 5 s (2 running, 1 queued); the tasks go on}. */
  static String timedOut(List<ObjectState> all, int missing, Duration timeout) {
    Map<String, Integer> states = new LinkedHashMap<>();
    for (ObjectState each : all) {
      if (!each.isEnded()) {
        states.merge(state(each.task()), 1, Integer::sum);
      }
    }
    String text =
        "Ray.get: " + missing + " of " + all.size() + " not ready after " + seconds(timeout);
    return text
        + (states.isEmpty() ? "" : " (" + counted(states, " ") + ")")
        + "; the tasks go on: timeout="
        + timeout;
  }

  private static String state(TaskUpdate task) {
    if (task == null) {
      return "elsewhere";
    }
    return task.state() == TaskState.RUNNING
        ? "running"
        : task.state() == TaskState.PENDING_ARGS_AVAIL
            ? "waiting for arguments"
            : task.state().isTerminal() ? "on its way" : "queued";
  }

  private static String seconds(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
  }

  private static String counted(Map<String, Integer> counts, String between) {
    List<String> parts = new ArrayList<>();
    counts.forEach((name, count) -> parts.add(count + between + name));
    return String.join(", ", parts);
  }
}
