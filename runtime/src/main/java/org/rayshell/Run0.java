package org.rayshell;

import java.io.Serializable;

/** Work without a value that {@link Ray#task} sends to a worker. */
@FunctionalInterface
public interface Run0 extends Serializable {
  /** Does the work; what it throws reaches {@code Ray.get} as the cause. */
  void run() throws Exception;
}
