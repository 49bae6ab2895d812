package org.rayshell;

/** The value of an object is gone and cannot be made again. */
public class ObjectLostException extends RayException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message that names the thing and the remedy. */
  public ObjectLostException(String message) {
    super(message);
  }

  /** An exception with a message and what led to it. */
  public ObjectLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
