package org.rayshell.runtime.wire;

import org.rayshell.runtime.store.EncodedValue;

/**
 * What became of an object: its value, or why there is none. Immutable.
 *
 * @param kind which
 * @param value the encoded value, or the user's encoded exception; null where there is neither
 * @param message what the exception says; null for a value
 */
public record Outcome(Kind kind, EncodedValue value, String message) {
  /** The kinds, in the order of their codes on the wire: append only. */
  public enum Kind {
    /** A value. */
    VALUE,
    /** The task threw. */
    TASK_FAILED,
    /** The worker died, and no retry was left. */
    WORKER_CRASHED,
    /** The owner of the object died. */
    OWNER_DIED,
    /** The owner does not have the object. */
    OBJECT_LOST,
    /** The task cannot be run at all, such as for want of resources. */
    REFUSED,
    /** The session was shut down before. */
    SESSION_ENDED,
    /** The task was cancelled. */
    TASK_CANCELLED,
    /** The task ran longer than it may. */
    TASK_TIMED_OUT
  }

  /** A value. */
  public static Outcome value(EncodedValue value) {
    return new Outcome(Kind.VALUE, value, null);
  }

  /** A failure without an exception of the user's. */
  public static Outcome failure(Kind kind, String message) {
    return new Outcome(kind, null, message);
  }

  /** A task threw: the encoded exception, and what the exception around it says. */
  public static Outcome taskFailed(EncodedValue exception, String message) {
    return new Outcome(Kind.TASK_FAILED, exception, message);
  }

  /** Whether there is a value. */
  public boolean isValue() {
    return kind == Kind.VALUE;
  }

  /** Bytes of what is encoded. */
  public long bytes() {
    return value == null ? 0 : value.size();
  }
}
