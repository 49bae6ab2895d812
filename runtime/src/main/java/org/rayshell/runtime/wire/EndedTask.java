package org.rayshell.runtime.wire;

import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.view.TaskState;

/**
 * A short task with small values that has ended well at its first try, in less than half the bytes
 * of its {@link TaskUpdate}: a driver may hold the results of a hundred thousand. Immutable.
 */
final class EndedTask implements TaskNews {
  /** How many numbers hold what this has beside its id, its kind and when it was submitted. */
  static final int LONGS = 3;

  private static final long MOST_NS = 0xffff_ffffL;

  /** In the place of {@link #started}, of a task that has not ended. */
  private static final long MADE = Long.MIN_VALUE;

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

  /** Writes {@link #LONGS} numbers. */
  void write(long[] numbers, int at) {
    numbers[at] = started;
    numbers[at + 1] = (long) ranNs << Integer.SIZE | Integer.toUnsignedLong(cpuNs);
    numbers[at + 2] =
        (long) workerPid << Integer.SIZE | (long) argBytes << Character.SIZE | resultBytes;
  }

  /** As many numbers of a task that has not ended. */
  static void writeMade(long[] numbers, int at) {
    numbers[at] = MADE;
  }

  /** The task whose numbers were written; null if it had not ended. */
  static TaskUpdate read(ObjectId id, TaskKind kind, long submitted, long[] numbers, int at) {
    long started = numbers[at];
    if (started == MADE) {
      return null;
    }
    long times = numbers[at + 1];
    long rest = numbers[at + 2];
    return update(
        id,
        kind,
        submitted,
        started,
        (int) (times >> Integer.SIZE),
        (int) times,
        (char) (rest >> Character.SIZE),
        (char) rest,
        (int) (rest >> Integer.SIZE));
  }

  @Override
  public TaskUpdate update() {
    return update(id, kind, submitted, started, ranNs, cpuNs, argBytes, resultBytes, workerPid);
  }

  private static TaskUpdate update(
      ObjectId id,
      TaskKind kind,
      long submitted,
      long started,
      int ranNs,
      int cpuNs,
      char argBytes,
      char resultBytes,
      int workerPid) {
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
