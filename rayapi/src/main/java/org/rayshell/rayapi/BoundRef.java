package org.rayshell.rayapi;

import io.ray.api.ObjectRef;
import io.ray.api.id.ObjectId;
import java.util.HexFormat;

/**
 * A ref as Ray Java's programs know it; immutable. It travels like any value, and what it refers to
 * stays while one of them is left.
 */
public record BoundRef<T>(org.rayshell.ObjectRef<T> ref) implements ObjectRef<T> {
  /** RayShell's ref behind one of Ray Java's. */
  static <T> org.rayshell.ObjectRef<T> of(ObjectRef<T> ref) {
    return switch (ref) {
      case BoundRef<T> bound -> bound.ref;
      case null -> throw new NullPointerException("the ref is null: was it assigned?");
      default ->
          throw new IllegalArgumentException(
              "not a ref of this runtime: " + ref.getClass().getName());
    };
  }

  @Override
  public T get() {
    return BoundRuntime.valueOf(this, -1);
  }

  @Override
  public T get(long timeoutMs) {
    return BoundRuntime.valueOf(this, timeoutMs);
  }

  /** The object's id, as Ray's own refs tell it. */
  public ObjectId getId() {
    return new ObjectId(HexFormat.of().parseHex(ref.id()));
  }

  /** Ray's form: {@code ObjectRef(<56 hex digits>)}. */
  @Override
  public String toString() {
    return ref.toString();
  }
}
