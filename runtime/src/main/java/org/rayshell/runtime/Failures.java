package org.rayshell.runtime;

import org.rayshell.ObjectLostException;
import org.rayshell.OwnerDiedException;
import org.rayshell.RayException;
import org.rayshell.RayTaskException;
import org.rayshell.TaskCancelledException;
import org.rayshell.TaskTimeoutException;
import org.rayshell.WorkerCrashedException;
import org.rayshell.runtime.code.Traces;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.store.ValueCodec;
import org.rayshell.runtime.wire.Outcome;

/** Turns failed outcomes into the exceptions that {@code Ray.get} throws, a new one each time. */
public final class Failures {
  private final ValueCodec codec;
  private final ClassLoader loader;
  private final boolean showsAllFrames;

  /**
   * For one thread's look.
   *
   * @param showsAllFrames whether what tasks threw keeps the frames of the worker below them
   */
  public Failures(ValueCodec codec, ClassLoader loader, boolean showsAllFrames) {
    this.codec = codec;
    this.loader = loader;
    this.showsAllFrames = showsAllFrames;
  }

  /**
   * The exception.
   *
   * @param place where in its cell the task was submitted; null if that is not known
   * @param more lines that its message ends with; may be empty
   */
  public RayException exception(Outcome failure, String place, String more) {
    String message = TaskErrors.placed(failure.message(), place) + more;
    return switch (failure.kind()) {
      case TASK_FAILED -> new RayTaskException(message, thrown(failure.value()));
      case WORKER_CRASHED -> new WorkerCrashedException(message);
      case OWNER_DIED -> new OwnerDiedException(message);
      case OBJECT_LOST, FREED -> new ObjectLostException(message);
      case TASK_CANCELLED -> new TaskCancelledException(message, thrown(failure.value()));
      case TASK_TIMED_OUT -> new TaskTimeoutException(message, thrown(failure.value()));
      case REFUSED, SESSION_ENDED -> new RayException(message);
      case VALUE, STORED -> throw new IllegalArgumentException("a value is no failure");
    };
  }

  /** What the task threw; null if it was stopped and threw nothing. */
  private Throwable thrown(EncodedValue encoded) {
    if (encoded == null) {
      return null;
    }
    Throwable thrown = codec.decodeThrowable(encoded, loader);
    return showsAllFrames ? thrown : Traces.trimmed(thrown);
  }
}
