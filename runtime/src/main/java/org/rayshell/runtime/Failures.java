package org.rayshell.runtime;

import org.rayshell.ObjectLostException;
import org.rayshell.OwnerDiedException;
import org.rayshell.RayException;
import org.rayshell.RayTaskException;
import org.rayshell.WorkerCrashedException;
import org.rayshell.runtime.store.ValueCodec;
import org.rayshell.runtime.wire.Outcome;

/** Turns failed outcomes into the exceptions that {@code Ray.get} throws, a new one each time. */
final class Failures {
  private Failures() {}

  static RayException exception(Outcome failure, ValueCodec codec, ClassLoader loader) {
    String message = failure.message();
    return switch (failure.kind()) {
      case TASK_FAILED ->
          new RayTaskException(message, codec.decodeThrowable(failure.value(), loader));
      case WORKER_CRASHED -> new WorkerCrashedException(message);
      case OWNER_DIED -> new OwnerDiedException(message);
      case OBJECT_LOST, FREED -> new ObjectLostException(message);
      case REFUSED, SESSION_ENDED -> new RayException(message);
      case VALUE, STORED -> throw new IllegalArgumentException("a value is no failure");
    };
  }
}
