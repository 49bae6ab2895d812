package org.rayshell;

/** The task was cancelled before it ended. */
public class TaskCancelledException extends RayException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message that names the thing and the remedy. */
  public TaskCancelledException(String message) {
    super(message);
  }

  /** An exception with a message and what led to it. */
  public TaskCancelledException(String message, Throwable cause) {
    super(message, cause);
  }
}
