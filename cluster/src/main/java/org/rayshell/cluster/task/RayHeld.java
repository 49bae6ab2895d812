package org.rayshell.cluster.task;

import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.rayshell.runtime.Waiting;
import org.rayshell.runtime.cluster.Cluster;

/** An object in Ray's store, or of a task that is being handed over to Ray. Thread-safe. */
public class RayHeld implements Cluster.Held {
  private final CountDownLatch known = new CountDownLatch(1);
  private Supplier<io.ray.api.ObjectRef<?>> source;
  private io.ray.api.ObjectRef<?> ref;

  /** Of a task that Ray does not know yet. */
  public RayHeld() {}

  /** Of what Ray knows. */
  public RayHeld(io.ray.api.ObjectRef<?> ref) {
    is(ref);
  }

  /** Ray knows it now. */
  public final void is(io.ray.api.ObjectRef<?> known) {
    becomes(() -> known);
  }

  /** Ray knows it as soon as somebody asks for the ref; the first that is said counts. */
  protected final synchronized void becomes(Supplier<io.ray.api.ObjectRef<?>> from) {
    if (source == null) {
      source = from;
      known.countDown();
    }
  }

  /** Whether {@link #ref} does not wait. */
  public final boolean isKnown() {
    return known.getCount() == 0;
  }

  /** Ray's ref, once there is one. */
  public final io.ray.api.ObjectRef<?> ref() {
    Waiting.uninterruptibly(known);
    synchronized (this) {
      if (ref == null) {
        ref = source.get();
        source = () -> ref;
      }
      return ref;
    }
  }
}
