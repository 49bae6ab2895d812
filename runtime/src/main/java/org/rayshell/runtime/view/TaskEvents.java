package org.rayshell.runtime.view;

import java.util.ArrayList;
import java.util.List;
import org.rayshell.runtime.wire.TaskNews;
import org.rayshell.runtime.wire.TaskRows;
import org.rayshell.runtime.wire.TaskUpdate;

/** The latest states of tasks, in a ring: the oldest go. Belongs to {@link TaskLog}'s lock. */
final class TaskEvents {
  /** How many are kept: some ten thousand tasks' lives, at most 10 MB. */
  static final int KEPT = 40_000;

  private static final int FIRST = 256;

  private final TaskRows ring = new TaskRows(FIRST);
  private long added;

  void add(TaskNews news) {
    ring.set(next(), news);
  }

  /** Adds that a task was made which waits for a worker. */
  void addMade(TaskNews made) {
    ring.setMade(next(), made);
  }

  private int next() {
    if (added == ring.size() && ring.size() < KEPT) {
      ring.grow(Math.min(KEPT, ring.size() * 2));
    }
    return (int) (added++ % ring.size());
  }

  /** How many are gone. */
  long dropped() {
    return Math.max(0, added - ring.size());
  }

  /** How many there have been. */
  long added() {
    return added;
  }

  /** The one before which there were so many; it must not be gone. */
  TaskUpdate get(long number) {
    return ring.get((int) (number % ring.size()));
  }

  /** Those that are there, oldest first. */
  List<TaskUpdate> all() {
    List<TaskUpdate> all = new ArrayList<>((int) Math.min(added, ring.size()));
    for (long i = dropped(); i < added; i++) {
      all.add(ring.get((int) (i % ring.size())));
    }
    return all;
  }

  static TaskEvent event(TaskUpdate task) {
    return new TaskEvent(
        task.id().taskId(),
        task.parent() == null ? null : task.parent().taskId(),
        task.function(),
        task.cell(),
        task.state(),
        task.at(),
        task.attempt(),
        task.ownerPid(),
        task.workerPid(),
        task.submitted(),
        task.started(),
        task.cpuNs(),
        task.state().isTerminal() && task.started() != 0
            ? Math.max(0, task.ended() - task.started())
            : 0,
        task.argBytes(),
        task.resultBytes(),
        task.error());
  }
}
