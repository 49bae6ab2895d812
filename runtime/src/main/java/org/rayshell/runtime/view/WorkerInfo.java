package org.rayshell.runtime.view;

/**
 * A worker process as it is or was; immutable.
 *
 * @param workerId its socket's name in the session, {@code w7}
 * @param pid its process
 * @param state what it does
 * @param currentTask what it runs or is blocked in: the task's name; null if idle
 * @param tasksDone how many tasks it has ended
 * @param cpuNs CPU time of all its tasks
 * @param busyNs run time of all its tasks
 * @param started when it started, epoch nanoseconds
 * @param ended when it ended, epoch nanoseconds; 0 while it lives
 * @param exit how it ended, {@code exit code 1} or {@code signal 9}; null while it lives
 */
public record WorkerInfo(
    String workerId,
    long pid,
    State state,
    String currentTask,
    long tasksDone,
    long cpuNs,
    long busyNs,
    long started,
    long ended,
    String exit) {
  /** What a worker does. */
  public enum State {
    /** The process starts. */
    STARTING,
    /** It waits for work. */
    IDLE,
    /** It runs a task. */
    RUNNING,
    /** Its task waits in {@code Ray.get} or {@code Ray.wait}; its CPUs are lent out. */
    BLOCKED,
    /** The process has ended. */
    DEAD
  }
}
