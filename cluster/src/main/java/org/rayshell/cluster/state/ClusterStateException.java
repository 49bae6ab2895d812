package org.rayshell.cluster.state;

import org.rayshell.RayException;

/** A cluster's dashboard cannot be asked; the message names its address and the remedy. */
public final class ClusterStateException extends RayException {
  private static final long serialVersionUID = 1L;

  ClusterStateException(String message) {
    super(message);
  }

  ClusterStateException(String message, Throwable cause) {
    super(message, cause);
  }
}
