package org.rayshell.runtime.view;

/** Why a task failed, by Ray's names. The order is that of the codes on the wire: append only. */
public enum ErrorType {
  /** It threw, or could not be run at all. */
  TASK_EXECUTION_EXCEPTION,
  /** Its worker died, and no retry was left. */
  WORKER_DIED,
  /** Its owner died. */
  OWNER_DIED,
  /** An object that it was given is gone. */
  OBJECT_LOST,
  /** It was cancelled. */
  TASK_CANCELLED
}
