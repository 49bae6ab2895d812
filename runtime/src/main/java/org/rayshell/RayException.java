package org.rayshell;

/** The parent of every exception that the runtime throws on its own account. */
public class RayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message that names the thing and the remedy. */
  public RayException(String message) {
    super(message);
  }

  /** An exception with a message and what led to it. */
  public RayException(String message, Throwable cause) {
    super(message, cause);
  }
}
