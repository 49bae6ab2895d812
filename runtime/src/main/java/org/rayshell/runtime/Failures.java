package org.rayshell.runtime;

import org.rayshell.ObjectLostException;
import org.rayshell.OwnerDiedException;
import org.rayshell.RayException;
import org.rayshell.RayTaskException;
import org.rayshell.TaskCancelledException;
import org.rayshell.TaskTimeoutException;
import org.rayshell.WorkerCrashedException;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.store.ValueCodec;
import org.rayshell.runtime.wire.Outcome;

/** Turns failed outcomes into the exceptions that {@code Ray.get} throws, a new one each time. */
final class Failures {
  private Failures() {}

  /**
   * The exception.
   *
   * @param more lines that its message ends with; may be empty
   */
  static RayException exception(
      Outcome failure, String more, ValueCodec codec, ClassLoader loader) {
    String message = failure.message() + more;
    return switch (failure.kind()) {
      case TASK_FAILED ->
          new RayTaskException(message, codec.decodeThrowable(failure.value(), loader));
      case WORKER_CRASHED -> new WorkerCrashedException(message);
      case OWNER_DIED -> new OwnerDiedException(message);
      case OBJECT_LOST, FREED -> new ObjectLostException(message);
      case TASK_CANCELLED ->
          new TaskCancelledException(message, cause(failure.value(), codec, loader));
      case TASK_TIMED_OUT ->
          new TaskTimeoutException(message, cause(failure.value(), codec, loader));
      case REFUSED, SESSION_ENDED -> new RayException(message);
      case VALUE, STORED -> throw new IllegalArgumentException("a value is no failure");
    };
  }

  /** What the task threw when it was stopped; null if it did not. */
  private static Throwable cause(EncodedValue thrown, ValueCodec codec, ClassLoader loader) {
    return thrown == null ? null : codec.decodeThrowable(thrown, loader);
  }
}
