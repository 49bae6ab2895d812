package org.rayshell.cluster.task;

import java.util.concurrent.CountDownLatch;
import org.rayshell.runtime.cluster.Cluster;

/** An object in Ray's store, or of a task that is being handed over to Ray. Thread-safe. */
public final class RayHeld implements Cluster.Held {
  private final CountDownLatch known = new CountDownLatch(1);
  private volatile io.ray.api.ObjectRef<?> ref;

  /** Of a task that Ray does not know yet. */
  public RayHeld() {}

  /** Of what Ray knows. */
  public RayHeld(io.ray.api.ObjectRef<?> ref) {
    is(ref);
  }

  /** Ray knows it now. */
  public void is(io.ray.api.ObjectRef<?> known) {
    ref = known;
    this.known.countDown();
  }

  /** Ray's ref, once there is one. */
  public io.ray.api.ObjectRef<?> ref() {
    boolean interrupted = false;
    while (ref == null) {
      try {
        known.await();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return ref;
  }
}
