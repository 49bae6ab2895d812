package org.rayshell.runtime.view;

import java.util.List;

/**
 * An object as its owner knows it; immutable.
 *
 * @param objectId 56 hex digits
 * @param state what of it there is
 * @param bytes the value's size, encoded; 0 if there is none
 * @param keptBy the process that has the value, {@code driver} or {@code w7}; null if none has
 * @param cell the cell that put it, or in which its task was submitted; null outside a notebook
 * @param function the task that makes it; null for what was put
 * @param preview a short text of a small value that is in this process; null otherwise
 * @param borrowers other processes that have refs of it
 */
public record OwnedObject(
    String objectId,
    State state,
    long bytes,
    String keptBy,
    String cell,
    String function,
    String preview,
    List<String> borrowers) {
  /** What there is of an object. The order is that of the codes on the wire: append only. */
  public enum State {
    /** Its task has not ended. */
    PENDING,
    /** A value. */
    STORED,
    /** An error: its task failed. */
    FAILED,
    /** Its value was let go by {@code Ray.free}. */
    FREED,
    /** Its value was lost with a process. */
    LOST
  }

  /** The same with a text of the value. */
  public OwnedObject withPreview(String text) {
    return new OwnedObject(objectId, state, bytes, keptBy, cell, function, text, borrowers);
  }
}
