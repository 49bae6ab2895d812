package org.rayshell.runtime.wire;

import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.view.TaskState;

/**
 * A task as its owner last told of it: a {@link TaskUpdate}, or what makes one when somebody looks,
 * as long as it waits as it was made and when it has ended. Thread-safe.
 */
public interface TaskNews {
  /** The object the task makes. */
  ObjectId id();

  /** What it has in common with others. */
  TaskKind kind();

  /** When it was made, epoch nanoseconds. */
  long submitted();

  /**
   * The state in which it was made, as long as that is all there is to tell; null from its next
   * state on.
   */
  default TaskState made() {
    return null;
  }

  /** The news. */
  TaskUpdate update();
}
