package org.rayshell.runtime.wire;

import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.view.ErrorType;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskState;

/**
 * A task as its owner sees it after a change; immutable. The fields are {@link TaskInfo}'s; the ids
 * become text only when somebody looks. What only a task has that was at a worker is apart.
 *
 * @param id the object the task makes
 * @param kind what it has in common with others
 * @param submitted epoch nanoseconds
 * @param at when it came into this state, epoch nanoseconds
 * @param run what came of it at a worker; {@link Run#NONE} before that
 */
public record TaskUpdate(
    ObjectId id, TaskKind kind, TaskState state, int attempt, long submitted, long at, Run run)
    implements TaskNews {

  /**
   * What came of a task at a worker, as {@link TaskInfo} has it; immutable.
   *
   * @param argBytes size of its arguments, encoded; 0 until it was sent to a worker
   * @param errorType what kind of failure ended it; null if none did
   */
  public record Run(
      long workerPid,
      long started,
      long ended,
      long cpuNs,
      long resultBytes,
      long argBytes,
      String error,
      ErrorType errorType) {
    /** Of a task that was at no worker. */
    public static final Run NONE = new Run(0, 0, 0, 0, 0, 0, null, null);

    Run withCpu(long cpu) {
      return new Run(workerPid, started, ended, cpu, resultBytes, argBytes, error, errorType);
    }
  }

  @Override
  public TaskUpdate update() {
    return this;
  }

  /** The same in as few bytes as can be, for those who keep it. */
  public TaskNews kept() {
    return EndedTask.of(this);
  }

  /** What it is shown as. */
  public String function() {
    return kind.function();
  }

  /** The cell at the top of it all; null if none. */
  public String cell() {
    return kind.cell();
  }

  /** The object that the submitting task makes; null for the driver's tasks. */
  public ObjectId parent() {
    return kind.parent();
  }

  /** The process that submitted it. */
  public long ownerPid() {
    return kind.ownerPid();
  }

  /** How often it is tried again; -1 for without end. */
  public int maxRetries() {
    return kind.maxRetries();
  }

  /** CPUs that it needs. */
  public double numCpus() {
    return kind.numCpus();
  }

  /** The worker that has it, or had it last; 0 if none. */
  public long workerPid() {
    return run.workerPid;
  }

  /** When it began, epoch nanoseconds; 0 if it did not. */
  public long started() {
    return run.started;
  }

  /** When it ended, epoch nanoseconds; 0 if it did not. */
  public long ended() {
    return run.ended;
  }

  /** CPU time, nanoseconds. */
  public long cpuNs() {
    return run.cpuNs;
  }

  /** Size of its result, encoded. */
  public long resultBytes() {
    return run.resultBytes;
  }

  /** Size of its arguments, encoded; 0 until it was sent to a worker. */
  public long argBytes() {
    return run.argBytes;
  }

  /** The message of its failure; null if none. */
  public String error() {
    return run.error;
  }

  /** What kind of failure ended it; null if none did. */
  public ErrorType errorType() {
    return run.errorType;
  }

  /** The same with the CPU time of a heartbeat. */
  public TaskUpdate withCpu(long cpu) {
    return new TaskUpdate(id, kind, state, attempt, submitted, at, run.withCpu(cpu));
  }

  /** The same, ended by a failure that its owner could not report. */
  public TaskUpdate failed(long now, String why) {
    Run end =
        new Run(
            run.workerPid, run.started, now, run.cpuNs, 0, run.argBytes, why, ErrorType.OWNER_DIED);
    return new TaskUpdate(id, kind, TaskState.FAILED, attempt, submitted, now, end);
  }

  /** For the views. */
  public TaskInfo toInfo() {
    String hex = id.toString();
    return new TaskInfo(
        hex.substring(0, 48),
        hex,
        function(),
        state,
        cell(),
        parent() == null ? null : parent().taskId(),
        ownerPid(),
        workerPid(),
        attempt,
        maxRetries(),
        numCpus(),
        submitted,
        started(),
        ended(),
        cpuNs(),
        resultBytes(),
        error(),
        errorType());
  }
}
