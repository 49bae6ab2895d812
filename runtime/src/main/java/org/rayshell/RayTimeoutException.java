package org.rayshell;

/** A {@code get} ended before its values were there. */
public class RayTimeoutException extends RayException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message that names the thing and the remedy. */
  public RayTimeoutException(String message) {
    super(message);
  }

  /** An exception with a message and what led to it. */
  public RayTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }
}
