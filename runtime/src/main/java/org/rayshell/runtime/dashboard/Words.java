package org.rayshell.runtime.dashboard;

import java.math.BigDecimal;
import java.util.List;
import org.rayshell.runtime.view.TaskInfo;

/** The words that people read, of states and cells, and texts cut to a length. */
final class Words {
  /** Those of {@link #state}. */
  static final List<String> STATES =
      List.of("finished", "running", "queued", "retrying", "failed", "cancelled");

  private Words() {}

  /** The word for a task's state. */
  static String state(TaskInfo task) {
    return switch (task.state()) {
      case FINISHED -> "finished";
      case FAILED -> task.cancelled() ? "cancelled" : "failed";
      case RUNNING -> "running";
      case PENDING_ARGS_AVAIL, PENDING_NODE_ASSIGNMENT, SUBMITTED_TO_WORKER ->
          task.attempt() > 1 ? "retrying" : "queued";
    };
  }

  /** Whether a cell's label, {@code In [7]}, is the one meant by {@code 7} or by the label. */
  static boolean isCell(String label, String wanted) {
    return label != null && (label.equals(wanted) || label.equals("In [" + wanted + "]"));
  }

  /** The text, or its beginning; null for null. */
  static String cut(String text, int most) {
    return text == null || text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  /** Whether the text has the lower-case part in it, in whatever case; null has nothing in it. */
  static boolean contains(String text, String part) {
    return text != null && text.toLowerCase(java.util.Locale.ROOT).contains(part);
  }

  /** Epoch nanoseconds as epoch milliseconds; null for 0. */
  static BigDecimal time(long epochNs) {
    return epochNs == 0 ? null : BigDecimal.valueOf(epochNs / 1_000, 3);
  }
}
