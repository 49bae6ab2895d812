package org.rayshell.kernel.bridge;

import org.rayshell.runtime.view.Loss;
import org.rayshell.runtime.view.RefInfo;
import org.rayshell.runtime.view.TaskInfo;

/** A ref of a list as it is at one moment; immutable. */
record RefRow(int index, String key, Shown shown, RefInfo info) {
  /** The task that makes it; null for what was put, and what nobody knows. */
  TaskInfo task() {
    return info.task().orElse(null);
  }

  String id() {
    return info.objectId();
  }

  /** The first eight digits of the id. */
  String brief() {
    return id().substring(0, Math.min(8, id().length()));
  }

  /** Whether nothing will change any more; a value comes a moment after the task's end is known. */
  boolean isFinal() {
    return shown.isFinal() && (shown != Shown.FINISHED || info.stored());
  }

  /** Whether the other looks the same, apart from times. */
  boolean isLike(RefRow other) {
    TaskInfo mine = task();
    TaskInfo its = other.task();
    return shown == other.shown
        && info.stored() == other.info.stored()
        && (mine == null) == (its == null)
        && (mine == null || mine.attempt() == its.attempt() && mine.workerPid() == its.workerPid());
  }

  /** When its task ended, epoch nanoseconds; 0 if it has not. */
  long ended() {
    return task() == null ? 0 : task().ended();
  }

  /** How long its task ran, nanoseconds; 0 if it has not ended. */
  long ran() {
    return ended() == 0 ? 0 : task().ranNs(ended());
  }

  /** What went wrong, in a line; null if nothing did. */
  String error() {
    TaskInfo task = task();
    if (task != null && task.error() != null) {
      return task.error();
    }
    return switch (info.loss()) {
      case Loss.LOST -> "its worker died, no try is left";
      case Loss.OWNER_DIED -> "its owner died";
      case null, default -> null;
    };
  }
}
