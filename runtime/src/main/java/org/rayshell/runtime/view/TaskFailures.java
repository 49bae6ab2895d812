package org.rayshell.runtime.view;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.TaskUpdate;

/**
 * The tries of the driver's tasks that failed, of the latest tasks that had any. Thread-safe: one
 * lock, a leaf.
 */
public final class TaskFailures {
  static final int MOST_TASKS = 1_000;
  static final int MOST_TRIES = 20;
  static final int MOST_BYTES = 4 << 20;

  /** A larger exception is not kept, nor one that would keep objects. */
  private static final int LARGEST = 64 << 10;

  private static final class Failed {
    final List<TaskAttempt> tries = new ArrayList<>();
    EncodedValue thrown;
    String message;

    int bytes() {
      return thrown == null ? 0 : thrown.size();
    }
  }

  private final Map<ObjectId, Failed> tasks = new LinkedHashMap<>();
  private long bytes;

  /**
   * A try of a task has failed.
   *
   * @param task as it was then
   * @param outcome of that try
   */
  public synchronized void add(TaskUpdate task, Outcome outcome) {
    Failed failed = tasks.remove(task.id());
    failed = failed == null ? new Failed() : failed;
    bytes -= failed.bytes();
    // The first tries and the last one.
    if (failed.tries.size() == MOST_TRIES) {
      failed.tries.removeLast();
    }
    failed.tries.add(
        new TaskAttempt(
            task.attempt(),
            task.workerPid(),
            task.started(),
            task.ended(),
            task.cpuNs(),
            task.error() == null ? outcome.message() : task.error()));
    EncodedValue thrown = outcome.value();
    boolean kept = thrown != null && thrown.size() <= LARGEST && thrown.refs().isEmpty();
    failed.thrown = kept ? thrown : null;
    failed.message = outcome.message();
    tasks.put(task.id(), failed);
    bytes += failed.bytes();
    Iterator<Failed> oldest = tasks.values().iterator();
    while (tasks.size() > MOST_TASKS || bytes > MOST_BYTES) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }

  synchronized List<TaskAttempt> tries(ObjectId task) {
    Failed failed = tasks.get(task);
    return failed == null ? List.of() : List.copyOf(failed.tries);
  }

  /** What the last try threw, encoded; null if it threw nothing. */
  synchronized EncodedValue thrown(ObjectId task) {
    Failed failed = tasks.get(task);
    return failed == null ? null : failed.thrown;
  }

  /** Why the last try failed, whole; null if none did. */
  synchronized String message(ObjectId task) {
    Failed failed = tasks.get(task);
    return failed == null ? null : failed.message;
  }
}
