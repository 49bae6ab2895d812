package org.rayshell;

/**
 * The task ran longer than {@link TaskOptions#timeout} allows and was stopped. Not to be mistaken
 * for {@link RayTimeoutException}: a {@code get} that waited long enough, while the task goes on.
 */
public class TaskTimeoutException extends RayException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message that names the thing and the remedy. */
  public TaskTimeoutException(String message) {
    super(message);
  }

  /** An exception with a message and what led to it. */
  public TaskTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }
}
