package org.rayshell.runtime.wire;

import org.rayshell.runtime.ObjectId;

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

  /** The news. */
  TaskUpdate update();
}
