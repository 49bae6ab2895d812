package org.rayshell.rayapi;

import io.ray.api.exception.RayException;
import io.ray.api.exception.RayTaskException;
import io.ray.api.exception.RayTimeoutException;
import io.ray.api.exception.RayWorkerException;
import io.ray.api.exception.UnreconstructableException;
import java.util.function.Supplier;
import org.rayshell.ObjectLostException;
import org.rayshell.OwnerDiedException;
import org.rayshell.WorkerCrashedException;

/** RayShell's exceptions as Ray Java's, whose programs catch those. Without state. */
final class Failures {
  private Failures() {}

  /** Does the work; an exception of RayShell's becomes the one of Ray Java's that says the same. */
  static <T> T asRays(Supplier<T> work) {
    try {
      return work.get();
    } catch (org.rayshell.RayException e) {
      throw asRays(e);
    }
  }

  /** The cause stays the exception that the task threw; with none, the one of RayShell's. */
  private static RayException asRays(org.rayshell.RayException e) {
    String message = e.getMessage();
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return switch (e) {
      case org.rayshell.RayTimeoutException _ -> new RayTimeoutException(message, cause);
      case WorkerCrashedException _ -> new RayWorkerException(message, cause);
      case ObjectLostException _ -> new UnreconstructableException(message, cause);
      case OwnerDiedException _ -> new UnreconstructableException(message, cause);
      case org.rayshell.RayTaskException _ -> task(message, cause);
      default -> new RayException(message, cause);
    };
  }

  /** Its constructor with a cause wants a pid apart, which the message has. */
  private static RayTaskException task(String message, Throwable cause) {
    RayTaskException task = new RayTaskException(message);
    task.initCause(cause);
    return task;
  }
}
