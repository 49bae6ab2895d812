package org.rayshell.runtime.dashboard;

import java.math.BigDecimal;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskState;

/**
 * A task in a list; immutable. Times are epoch milliseconds, null for not yet; durations are
 * nanoseconds.
 *
 * @param id of the task, 48 hex digits
 * @param worker the process that runs or ran it; null for none yet
 * @param maxRetries how many tries may follow the first; -1 for without end
 * @param result a short text of the result, {@code int 49}; null if it is not here or large
 */
record TaskRow(
    String id,
    String function,
    String cell,
    String state,
    Long worker,
    BigDecimal submittedAt,
    BigDecimal startedAt,
    BigDecimal endedAt,
    long queuedNs,
    long ranNs,
    long cpuNs,
    int attempt,
    int maxRetries,
    long resultBytes,
    String result,
    String error) {
  static final int LONGEST_NAME = 80;
  static final int LONGEST_ERROR = 300;

  static TaskRow of(TaskInfo task, ClusterView view, long now) {
    String preview = task.state() == TaskState.FINISHED ? view.preview(task) : null;
    return new TaskRow(
        task.taskId(),
        Words.cut(task.function(), LONGEST_NAME),
        Words.cut(task.cell(), LONGEST_NAME),
        Words.state(task),
        task.workerPid() == 0 ? null : task.workerPid(),
        Words.time(task.submitted()),
        Words.time(task.started()),
        Words.time(task.ended()),
        task.queuedNs(now),
        task.ranNs(now),
        task.cpuNs(),
        task.attempt(),
        task.maxRetries(),
        task.resultBytes(),
        Words.cut(preview, LONGEST_NAME),
        Words.cut(task.error(), LONGEST_ERROR));
  }
}
