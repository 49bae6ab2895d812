package org.rayshell;

/** A task threw; the cause is the exception that the user's code threw. */
public class RayTaskException extends RayException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message that names the thing and the remedy. */
  public RayTaskException(String message) {
    super(message);
  }

  /** An exception with a message and what led to it. */
  public RayTaskException(String message, Throwable cause) {
    super(message, cause);
  }
}
