package org.rayshell;

import java.io.Serializable;

/** A computation of three arguments that {@link Ray#task} sends to a worker. */
@FunctionalInterface
public interface Call3<A, B, C, R> extends Serializable {
  /** Computes the value; what it throws reaches {@code Ray.get} as the cause. */
  R call(A a, B b, C c) throws Exception;
}
