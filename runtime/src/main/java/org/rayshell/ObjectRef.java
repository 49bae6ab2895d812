package org.rayshell;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.RefHandle;

/**
 * A reference to a value that exists now or will exist later: what {@code .remote()} and {@code
 * Ray.put} return. Immutable; any thread may use it. Two refs are equal if they name one object.
 */
public final class ObjectRef<T> {
  private final RefHandle handle;

  /** For the runtime: a ref that stands for what the handle holds. */
  public ObjectRef(RefHandle handle) {
    this.handle = handle;
  }

  /** The value; blocks until it is there. See {@link Ray#get(ObjectRef)}. */
  public T get() {
    return Ray.get(this);
  }

  /** The value; blocks at most that long. See {@link Ray#get(ObjectRef, Duration)}. */
  public T get(Duration timeout) {
    return Ray.get(this, timeout);
  }

  /** The object's id: 56 hex digits. */
  public String id() {
    return handle.id().toString();
  }

  /** A future that ends as {@link #get()} would. Cancelling it does not cancel the task. */
  public CompletableFuture<T> toFuture() {
    return Ray.toFuture(this);
  }

  /** For the runtime: what this ref stands for. */
  public RefHandle handle() {
    return handle;
  }

  /** For the runtime: the object's id. */
  ObjectId objectId() {
    return handle.id();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ObjectRef<?> ref && ref.handle.id().equals(handle.id());
  }

  @Override
  public int hashCode() {
    return handle.id().hashCode();
  }

  /** Ray's own form: {@code ObjectRef(<56 hex digits>)}. */
  @Override
  public String toString() {
    return "ObjectRef(" + handle.id() + ")";
  }
}
