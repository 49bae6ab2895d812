package org.rayshell.runtime.owner;

import org.rayshell.runtime.view.ErrorType;
import org.rayshell.runtime.wire.TaskUpdate;

/**
 * One try of a task, from when it was sent to a worker, or ended before that. Apart from the task,
 * of which there may be a million that have none yet. Belongs to the loop.
 */
final class TaskRun {
  /** Which try this is, from 1. */
  int attempt = 1;

  /** What became of former tries; null if there were none. */
  Attempts before;

  /**
   * Whether no other task is sent to its worker before it has ended: one that was at a worker which
   * died may be to blame, and must not take others along.
   */
  boolean alone;

  /** The lease under whose worker it is; null if it is at none. */
  Lease lease;

  /** How long it was expected to keep its worker when it was sent there. */
  long expectedNs;

  long workerPid;
  long started;
  long ended;
  long cpuNs;
  long resultBytes;
  long argBytes;
  String error;
  ErrorType errorType;

  /** Why it is to end; null as long as it is wanted. */
  Ending ending;

  /** Where its result is kept, if that is not here; else null. */
  Place place;

  /** When it has run long enough, or is to be killed; null if that is not planned. */
  Deadlines.Due deadline;

  /**
   * The try after this one, which has the same arguments and goes on with the same stream.
   *
   * @param failure how this one failed
   */
  TaskRun next(String failure) {
    TaskRun next = new TaskRun();
    next.attempt = attempt + 1;
    next.before = before == null ? new Attempts() : before;
    next.before.add(attempt, workerPid, failure);
    next.alone = alone;
    next.argBytes = argBytes;
    next.resultBytes = resultBytes;
    return next;
  }

  /** For the views. */
  TaskUpdate.Run told() {
    boolean nothing = workerPid == 0 && ended == 0 && argBytes == 0 && error == null;
    return nothing
        ? TaskUpdate.Run.NONE
        : new TaskUpdate.Run(
            workerPid, started, ended, cpuNs, resultBytes, argBytes, error, errorType);
  }
}
