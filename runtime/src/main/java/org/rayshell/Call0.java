package org.rayshell;

import java.io.Serializable;

/** A computation that {@link Ray#task} sends to a worker. */
@FunctionalInterface
public interface Call0<R> extends Serializable {
  /** Computes the value; what it throws reaches {@code Ray.get} as the cause. */
  R call() throws Exception;
}
