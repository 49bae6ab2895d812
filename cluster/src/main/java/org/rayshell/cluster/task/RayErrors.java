package org.rayshell.cluster.task;

import io.ray.api.exception.RayActorException;
import io.ray.api.exception.RayTaskException;
import io.ray.api.exception.RayTimeoutException;
import io.ray.api.exception.RayWorkerException;
import io.ray.api.exception.UnreconstructableException;
import java.time.Duration;
import java.util.List;
import org.rayshell.runtime.cluster.Cluster;
import org.rayshell.runtime.wire.Outcome;

/** What Ray's own exceptions say of a session's objects. */
public final class RayErrors {
  private static final long LONGEST_MS = Integer.MAX_VALUE;

  private RayErrors() {}

  /**
   * What became of an object; waits for it.
   *
   * @param leftNs how long at most; null for without end
   * @return null if the time is over
   */
  public static Cluster.Result get(RayHeld held, Long leftNs) {
    try {
      Object kept =
          leftNs == null
              ? io.ray.api.Ray.get(held.ref())
              : io.ray.api.Ray.get(held.ref(), Math.max(0, leftNs / 1_000_000));
      return Results.unwrap(kept).result();
    } catch (RayTimeoutException _) {
      return null;
    } catch (RuntimeException e) {
      return failure(e);
    }
  }

  /** The failure that an exception of Ray's tells of. */
  public static Cluster.Result failure(RuntimeException e) {
    return switch (e) {
      case RayWorkerException _, RayActorException _ ->
          failure(Outcome.Kind.WORKER_CRASHED, "Ray has found it dead");
      case UnreconstructableException _ -> failure(Outcome.Kind.OBJECT_LOST, e.getMessage());
      case RayTaskException task ->
          failure(
              Outcome.Kind.REFUSED,
              "a worker of the cluster cannot run it: "
                  + (task.getCause() == null ? task : task.getCause()));
      default ->
          RayCodes.of(e.getMessage())
              .map(code -> failure(code.kind(), code.message()))
              .orElseGet(() -> failure(Outcome.Kind.REFUSED, "Ray says: " + e));
    };
  }

  private static Cluster.Result failure(Outcome.Kind kind, String message) {
    return new Cluster.Result(kind, List.of(), message);
  }

  /** Those that are ready, when so many are or the time is over; null for without end. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public static List<io.ray.api.ObjectRef<?>> ready(
      List<RayHeld> held, int count, Duration timeout, boolean fetchLocal) {
    List<io.ray.api.ObjectRef<?>> refs =
        held.stream().<io.ray.api.ObjectRef<?>>map(RayHeld::ref).toList();
    long ms = timeout == null ? LONGEST_MS : Math.min(LONGEST_MS, timeout.toMillis());
    return io.ray.api.Ray.wait((List) refs, count, (int) ms, fetchLocal).getReady();
  }
}
