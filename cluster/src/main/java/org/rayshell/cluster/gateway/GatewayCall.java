package org.rayshell.cluster.gateway;

import io.ray.api.Ray;
import java.util.ArrayList;
import java.util.List;
import org.rayshell.cluster.task.RayHeld;
import org.rayshell.cluster.task.Results;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.cluster.Cluster;

/**
 * A try of a task that the cluster was given, and its result. Ray need not know the result: that of
 * a call that has run in a slot is put into Ray's store when it is first asked for there.
 * Thread-safe; what {@link Slots} notes in it is under the lock of that.
 */
final class GatewayCall extends RayHeld {
  private final ObjectId task;
  private final int attempt;
  private final Kind kind;
  private Object wrapped;
  private List<io.ray.api.ObjectRef<?>> given;

  /** The slot that it was sent to. */
  Slot slot;

  /** Whether Ray is to know its result before it has ended. */
  boolean wanted;

  /** Told when Ray knows its result, or it has ended. */
  final List<Runnable> waiters = new ArrayList<>();

  /**
   * A try.
   *
   * @param wrapped what Ray is given first
   * @param given arguments in Ray's store
   */
  GatewayCall(
      ObjectId task, int attempt, Kind kind, Object wrapped, List<io.ray.api.ObjectRef<?>> given) {
    this.task = task;
    this.attempt = attempt;
    this.kind = kind;
    this.wrapped = wrapped;
    this.given = given;
  }

  /** It is what a slot has made. */
  void is(RayHeld made) {
    becomes(made::ref);
  }

  /** It is in these bytes. */
  void is(byte[] encoded) {
    becomes(() -> Ray.put(encoded));
  }

  /** There is none but this. */
  void is(Cluster.Result failure) {
    becomes(() -> Ray.put(Results.wrap(failure, null)));
  }

  /** It will not be run once more: who keeps its result must not keep its arguments. */
  void release() {
    wrapped = null;
    given = List.of();
  }

  ObjectId task() {
    return task;
  }

  int attempt() {
    return attempt;
  }

  Kind kind() {
    return kind;
  }

  Object wrapped() {
    return wrapped;
  }

  List<io.ray.api.ObjectRef<?>> given() {
    return given;
  }
}
