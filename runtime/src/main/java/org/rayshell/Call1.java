package org.rayshell;

import java.io.Serializable;

/** A computation of one argument that {@link Ray#task} sends to a worker. */
@FunctionalInterface
public interface Call1<A, R> extends Serializable {
  /** Computes the value; what it throws reaches {@code Ray.get} as the cause. */
  R call(A a) throws Exception;
}
