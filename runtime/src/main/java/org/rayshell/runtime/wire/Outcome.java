package org.rayshell.runtime.wire;

import org.rayshell.runtime.store.EncodedValue;

/**
 * What became of an object: its value, or why there is none. Immutable.
 *
 * @param kind which
 * @param value the encoded value, or the user's encoded exception; null where there is neither
 * @param message what the exception says; null for a value
 * @param cause of {@link Kind#ARGUMENT_FAILED}: the argument's own outcome; else null
 */
public record Outcome(Kind kind, EncodedValue value, String message, Outcome cause) {
  /** The kinds, in the order of their codes on the wire: append only. */
  public enum Kind {
    /** A value. */
    VALUE,
    /** The task threw. */
    TASK_FAILED,
    /** Like {@link #TASK_FAILED}, but what failed was a task whose result was an argument. */
    ARGUMENT_FAILED,
    /** The worker died, and no retry was left. */
    WORKER_CRASHED,
    /** The owner of the object died. */
    OWNER_DIED,
    /** The owner does not have the object. */
    OBJECT_LOST,
    /** The task cannot be run at all, such as for want of resources. */
    REFUSED,
    /** The session was shut down before. */
    SESSION_ENDED
  }

  /** A value. */
  public static Outcome value(EncodedValue value) {
    return new Outcome(Kind.VALUE, value, null, null);
  }

  /** A failure without an exception of the user's. */
  public static Outcome failure(Kind kind, String message) {
    return new Outcome(kind, null, message, null);
  }

  /** A task threw: the encoded exception, and what the exception around it says. */
  public static Outcome taskFailed(EncodedValue exception, String message) {
    return new Outcome(Kind.TASK_FAILED, exception, message, null);
  }

  /** A task was not run because the result of another, an argument, is a failure. */
  public static Outcome argumentFailed(Outcome argument, String message) {
    Outcome root = argument.kind == Kind.ARGUMENT_FAILED ? argument.cause : argument;
    return new Outcome(Kind.ARGUMENT_FAILED, null, message, root);
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
