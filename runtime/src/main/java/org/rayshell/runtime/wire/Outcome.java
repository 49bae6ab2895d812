package org.rayshell.runtime.wire;

import java.util.List;
import org.rayshell.runtime.store.EncodedValue;

/**
 * What became of an object: its value, or why there is none. Immutable.
 *
 * @param kind which
 * @param value the encoded value, or the user's encoded exception; null where there is neither
 * @param message what the exception says; null for a value
 * @param bytes of what is encoded, here or where it is kept
 */
public record Outcome(Kind kind, EncodedValue value, String message, long bytes) {
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
    /** The value was let go by {@code Ray.free}. */
    FREED,
    /** A value that the worker which made it keeps. */
    STORED,
    /** The task was cancelled. */
    TASK_CANCELLED,
    /** The task ran longer than it may. */
    TASK_TIMED_OUT
  }

  /** A value. */
  public static Outcome value(EncodedValue value) {
    return new Outcome(Kind.VALUE, value, null, value.size());
  }

  /** A value that the worker which made it keeps. */
  public static Outcome stored(long bytes) {
    return new Outcome(Kind.STORED, null, null, bytes);
  }

  /** A failure without an exception of the user's. */
  public static Outcome failure(Kind kind, String message) {
    return failure(kind, null, message);
  }

  /** A failure with an exception of the user's, encoded; null if there is none. */
  public static Outcome failure(Kind kind, EncodedValue exception, String message) {
    return new Outcome(kind, exception, message, exception == null ? 0 : exception.size());
  }

  /** A task threw: the encoded exception, and what the exception around it says. */
  public static Outcome taskFailed(EncodedValue exception, String message) {
    return failure(Kind.TASK_FAILED, exception, message);
  }

  /** Whether there is a value, here or elsewhere. */
  public boolean isReturned() {
    return kind == Kind.VALUE || kind == Kind.STORED;
  }

  /** Whether the value is here. */
  public boolean isValue() {
    return kind == Kind.VALUE;
  }

  /** What is encoded; none or one. */
  List<EncodedValue> values() {
    return value == null ? List.of() : List.of(value);
  }
}
