package org.rayshell;

/** The process that owned the object has died, and the object with it. */
public class OwnerDiedException extends RayException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message that names the thing and the remedy. */
  public OwnerDiedException(String message) {
    super(message);
  }

  /** An exception with a message and what led to it. */
  public OwnerDiedException(String message, Throwable cause) {
    super(message, cause);
  }
}
