package org.rayshell.runtime.wire;

import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.view.TaskState;

/**
 * A short task with small values that has ended well at its first try, in less than half the bytes
 * of its {@link TaskUpdate}: a driver may hold the results of a hundred thousand. Immutable.
 */
final class EndedTask implements TaskNews {
  private static final long MOST_NS = 0xffff_ffffL;

  private final ObjectId id;
  private final TaskKind kind;
  private final long submitted;
  private final long started;

  // Without a sign: up to 4.2 s, and 64 KB.
  private final int ranNs;
  private final int cpuNs;
  private final char argBytes;
  private final char resultBytes;
  private final int workerPid;

  private EndedTask(TaskUpdate task) {
    TaskUpdate.Run run = task.run();
    id = task.id();
    kind = task.kind();
    submitted = task.submitted();
    started = run.started();
    ranNs = (int) (run.ended() - run.started());
    cpuNs = (int) run.cpuNs();
    argBytes = (char) run.argBytes();
    resultBytes = (char) run.resultBytes();
    workerPid = (int) run.workerPid();
  }

  /** The update in as few bytes as can be: itself, unless all that it says has a place here. */
  static TaskNews of(TaskUpdate task) {
    TaskUpdate.Run run = task.run();
    boolean hasPlace =
        task.state() == TaskState.FINISHED
            && task.attempt() == 1
            && task.at() == run.ended()
            && run.error() == null
            && run.errorType() == null
            && isUpTo(MOST_NS, run.ended() - run.started())
            && isUpTo(MOST_NS, run.cpuNs())
            && isUpTo(Character.MAX_VALUE, run.argBytes())
            && isUpTo(Character.MAX_VALUE, run.resultBytes())
            && isUpTo(Integer.MAX_VALUE, run.workerPid());
    return hasPlace ? new EndedTask(task) : task;
  }

  private static boolean isUpTo(long most, long value) {
    return value >= 0 && value <= most;
  }

  @Override
  public ObjectId id() {
    return id;
  }

  @Override
  public TaskKind kind() {
    return kind;
  }

  @Override
  public long submitted() {
    return submitted;
  }

  @Override
  public TaskUpdate update() {
    long ended = started + Integer.toUnsignedLong(ranNs);
    TaskUpdate.Run run =
        new TaskUpdate.Run(
            workerPid,
            started,
            ended,
            Integer.toUnsignedLong(cpuNs),
            resultBytes,
            argBytes,
            null,
            null);
    return new TaskUpdate(id, kind, TaskState.FINISHED, 1, submitted, ended, run);
  }
}
