package org.rayshell;

/** The object store has no room left for the value. */
public class ObjectStoreFullException extends RayException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message that names the thing and the remedy. */
  public ObjectStoreFullException(String message) {
    super(message);
  }

  /** An exception with a message and what led to it. */
  public ObjectStoreFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
