package org.rayshell;

import java.io.Serializable;

/** A computation of four arguments that {@link Ray#task} sends to a worker. */
@FunctionalInterface
public interface Call4<A, B, C, D, R> extends Serializable {
  /** Computes the value; what it throws reaches {@code Ray.get} as the cause. */
  R call(A a, B b, C c, D d) throws Exception;
}
