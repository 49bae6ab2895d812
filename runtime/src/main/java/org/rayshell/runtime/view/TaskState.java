package org.rayshell.runtime.view;

/** Where a task is in its life, by Ray's names. */
public enum TaskState {
  /** Waits for the values of its arguments. */
  PENDING_ARGS_AVAIL,
  /** Waits for a worker. */
  PENDING_NODE_ASSIGNMENT,
  /** Sent to a worker, not yet begun. */
  SUBMITTED_TO_WORKER,
  /** Runs. */
  RUNNING,
  /** Ended with a value. */
  FINISHED,
  /** Ended with an exception, or its worker died and no retry was left. */
  FAILED;

  /** Whether nothing will change any more. */
  public boolean isTerminal() {
    return this == FINISHED || this == FAILED;
  }
}
