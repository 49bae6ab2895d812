package org.rayshell;

/** The worker process died while it ran the task, and no retry was left. */
public class WorkerCrashedException extends RayException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message that names the thing and the remedy. */
  public WorkerCrashedException(String message) {
    super(message);
  }

  /** An exception with a message and what led to it. */
  public WorkerCrashedException(String message, Throwable cause) {
    super(message, cause);
  }
}
