package org.rayshell;

import java.io.Serializable;

/** A computation of two arguments that {@link Ray#task} sends to a worker. */
@FunctionalInterface
public interface Call2<A, B, R> extends Serializable {
  /** Computes the value; what it throws reaches {@code Ray.get} as the cause. */
  R call(A a, B b) throws Exception;
}
