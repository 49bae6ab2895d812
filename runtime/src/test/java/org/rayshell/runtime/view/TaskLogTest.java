package org.rayshell.runtime.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.wire.TaskUpdate;

/** What the log keeps of many tasks, and that it is bounded. */
class TaskLogTest {
  private final TaskLog log = new TaskLog();

  private static TaskUpdate update(long number, String function, TaskState state, int attempt) {
    ObjectId id = new ObjectId(number, 1, 1);
    long at = number + state.ordinal();
    return new TaskUpdate(
        id, function, state, null, null, 1, 2, attempt, 3, 1, number, 0, 0, 0, 0, null, at, 0,
        null);
  }

  @Test
  void theLatestEventsAreKeptInOrderAndTheRestCounted() {
    int tasks = TaskEvents.KEPT;
    for (int i = 0; i < tasks; i++) {
      log.report(update(i, "f", TaskState.PENDING_NODE_ASSIGNMENT, 1));
      log.report(update(i, "f", TaskState.FINISHED, 1));
    }
    List<TaskEvent> events = log.events();
    assertEquals(TaskEvents.KEPT, events.size());
    assertEquals(2L * tasks - TaskEvents.KEPT, log.eventsDropped());
    assertEquals(tasks - 1, events.getLast().submitted());
    assertEquals(TaskState.FINISHED, events.getLast().state());
    for (int i = 1; i < events.size(); i++) {
      assertTrue(events.get(i - 1).submitted() <= events.get(i).submitted());
    }
    assertEquals(List.of(new TaskCount("f", TaskState.FINISHED, false, tasks)), log.counts());
    assertEquals(tasks - TaskLog.SHOWN, log.dropped());
  }

  @Test
  void aTaskIsCountedInOneStateOnly() {
    log.report(update(1, "f", TaskState.PENDING_NODE_ASSIGNMENT, 1));
    log.report(update(1, "f", TaskState.RUNNING, 1));
    log.report(update(1, "f", TaskState.RUNNING, 2));
    assertEquals(List.of(new TaskCount("f", TaskState.RUNNING, true, 1)), log.counts());
    log.processEnded(1, 99);
    assertEquals(List.of(new TaskCount("f", TaskState.FAILED, true, 1)), log.counts());
  }

  @Test
  void namesWithoutEndAreCountedTogether() {
    for (int i = 0; i < 3 * TaskCounts.MOST_FUNCTIONS; i++) {
      log.report(update(i, "f" + i, TaskState.RUNNING, 1));
      log.report(update(i, "f" + i, TaskState.FINISHED, 1));
    }
    List<TaskCount> counts = log.counts();
    assertEquals(TaskCounts.MOST_FUNCTIONS + 1, counts.size());
    assertEquals(
        new TaskCount(TaskCounts.OTHER, TaskState.FINISHED, false, 2000), counts.getLast());
  }
}
