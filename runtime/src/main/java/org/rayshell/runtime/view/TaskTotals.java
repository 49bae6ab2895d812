package org.rayshell.runtime.view;

/**
 * All tasks of a session, or of a function, together, those included that are no longer listed;
 * immutable.
 *
 * @param queued those that wait, for the first time
 * @param retrying those that wait, after a try that failed
 * @param failed those that failed, without the cancelled ones
 * @param ranNs all run times, those of tasks that run until now
 * @param cpuNs all CPU times
 * @param first when the first was submitted, epoch nanoseconds; 0 for none, and for a function
 * @param last when the last ended, epoch nanoseconds; 0 if none has, and for a function
 */
public record TaskTotals(
    long finished,
    long running,
    long queued,
    long retrying,
    long failed,
    long cancelled,
    long ranNs,
    long cpuNs,
    long first,
    long last) {
  /** No tasks. */
  public static final TaskTotals NONE = new TaskTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** How many tasks there are. */
  public long total() {
    return done() + running + queued + retrying;
  }

  /** How many have ended, however they did. */
  public long done() {
    return finished + failed + cancelled;
  }

  TaskTotals plus(TaskTotals other) {
    return new TaskTotals(
        finished + other.finished,
        running + other.running,
        queued + other.queued,
        retrying + other.retrying,
        failed + other.failed,
        cancelled + other.cancelled,
        ranNs + other.ranNs,
        cpuNs + other.cpuNs,
        first,
        last);
  }

  TaskTotals between(long from, long to) {
    return new TaskTotals(
        finished, running, queued, retrying, failed, cancelled, ranNs, cpuNs, from, to);
  }
}
