package org.rayshell.runtime.owner;

import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.wire.Outcome;

/**
 * Why a task that was sent to a worker is to end before its time; immutable.
 *
 * @param timedOut whether it has run too long; else it was cancelled
 * @param force whether its worker is to be killed
 * @param recursive whether what it submitted ends with it
 */
record Ending(boolean timedOut, boolean force, boolean recursive) {
  /** The same, and what was asked for before. */
  Ending and(Ending before) {
    return before == null
        ? this
        : new Ending(
            timedOut && before.timedOut, force || before.force, recursive || before.recursive);
  }

  /**
   * What is told to who gets the value.
   *
   * @param killed whether the worker died of it
   * @param cause what the task threw, encoded; null if nothing
   */
  Outcome outcome(PendingTask task, boolean killed, EncodedValue cause) {
    String what = task.name() + " ";
    if (timedOut) {
      return Outcome.failure(
          Outcome.Kind.TASK_TIMED_OUT,
          cause,
          what
              + "ran longer than it may on worker "
              + task.workerPid()
              + " and was "
              + (killed ? "killed" : "stopped")
              + "; work in parts, or give it more by options(o -> o.timeout(…)): timeout="
              + task.options().control().timeout());
    }
    String how =
        task.started() == 0 && !killed
            ? "was cancelled before it began"
            : killed
                ? "was cancelled by force: its worker " + task.workerPid() + " was killed"
                : "was cancelled while it ran on worker " + task.workerPid();
    return Outcome.failure(Outcome.Kind.TASK_CANCELLED, cause, what + how);
  }
}
