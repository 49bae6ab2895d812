package org.rayshell.runtime.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.wire.TaskUpdate;
import org.rayshell.testing.TaskUpdates;

/** What the log keeps of many tasks, and that it is bounded. */
class TaskLogTest {
  private final TaskLog log = new TaskLog();

  private static TaskUpdate update(long number, String function, TaskState state, int attempt) {
    ObjectId id = new ObjectId(number, 1, 1);
    long at = number + state.ordinal();
    return TaskUpdates.update(
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

  private static TaskUpdate ofCell(long number, TaskState state, long started, long ended) {
    return TaskUpdates.update(
        new ObjectId(number, 1, 1),
        "f",
        state,
        "In [3]",
        null,
        1,
        2,
        1,
        3,
        1,
        number,
        started,
        ended,
        0,
        0,
        null,
        number,
        0,
        null);
  }

  @Test
  void howFarACellIsIsCountedBeyondTheTasksThatAreKept() {
    int tasks = 2 * TaskLog.SHOWN;
    for (int i = 0; i < tasks; i++) {
      log.submitted(ofCell(i, TaskState.PENDING_NODE_ASSIGNMENT, 0, 0));
    }
    assertEquals(new Progress(0, 0, 0, 0, 0, tasks, 0, 0), log.progress("In [3]", 9_000));
    for (int i = 0; i < tasks - 2; i++) {
      log.report(ofCell(i, TaskState.RUNNING, 1_000, 0));
      log.report(ofCell(i, TaskState.FINISHED, 1_000, 101_000));
    }
    log.report(ofCell(tasks - 2, TaskState.RUNNING, 10_000, 0));
    Progress now = log.progress("In [3]", 60_000);
    assertEquals(new Progress(tasks - 2, 0, 0, 1, 0, 1, 0, 0), now.withoutTimes());
    assertEquals(100_000, now.medianRunNs(), 5_000);
    // One has run for 50 of what the median takes, one has not begun.
    assertEquals(150_000, now.openNs(), 10_000);
    assertEquals(0, log.progress("In [4]", 60_000).all());
  }

  @Test
  void cellsWithoutEndAreForgottenOldestFirst() {
    for (int i = 0; i <= TaskCounts.MOST_CELLS; i++) {
      TaskUpdate task = ofCell(i, TaskState.RUNNING, 1, 0);
      log.report(
          TaskUpdates.update(
              task.id(),
              "f",
              TaskState.RUNNING,
              "In [" + i + "]",
              null,
              1,
              2,
              1,
              3,
              1,
              i,
              1,
              0,
              0,
              0,
              null,
              i,
              0,
              null));
    }
    assertEquals(1, log.progress("In [1]", 9).all());
    assertEquals(0, log.progress("In [0]", 9).all());
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

  private static TaskUpdate ran(long number, String function, TaskState state, long ns, long cpu) {
    ObjectId id = new ObjectId(number, 1, 1);
    long ended = state.isTerminal() ? 1_000 + ns : 0;
    return TaskUpdates.update(
        id,
        function,
        state,
        null,
        null,
        1,
        2,
        1,
        3,
        1,
        number + 1,
        1_000,
        ended,
        cpu,
        0,
        null,
        ended,
        0,
        null);
  }

  @Test
  void functionsAreSummedUpWhateverIsForgotten() {
    for (int i = 0; i < 20_000; i++) {
      log.report(ran(i, "f", TaskState.FINISHED, (i % 100 + 1) * 1_000_000L, 500_000));
    }
    log.report(ran(20_000, "g", TaskState.RUNNING, 0, 7));
    List<FunctionInfo> functions = log.functions(11_000);
    FunctionInfo f = functions.getFirst();
    assertEquals(20_000, f.totals().finished());
    assertEquals(50.5e6, f.totals().ranNs() / 20_000.0, 1);
    assertEquals(500_000, f.totals().cpuNs() / 20_000);
    assertEquals(50e6, f.medianNs(), 3e6);
    assertEquals(95e6, f.p95Ns(), 6e6);
    FunctionInfo g = functions.getLast();
    assertEquals(1, g.totals().running());
    assertEquals(10_000, g.totals().ranNs(), "so far");
    assertEquals(7, g.totals().cpuNs());
    log.heartbeat(new ObjectId(20_000, 1, 1), 9);
    assertEquals(9, log.functions(11_000).getLast().totals().cpuNs());
    assertEquals(20_001, log.totals(11_000).total());
    assertEquals(10_000, log.forgotten());
  }

  @Test
  void whatIsMadeAgainIsCountedOnce() {
    log.report(ran(1, "f", TaskState.FINISHED, 5_000, 1));
    log.report(update(1, "f", TaskState.PENDING_NODE_ASSIGNMENT, 2));
    TaskTotals totals = log.totals(0);
    assertEquals(1, totals.retrying());
    assertEquals(1, totals.total());
    assertEquals(0, totals.ranNs());
  }

  @Test
  void whatRunsIsListedHoweverLongTheQueueIs() {
    log.report(ran(1, "first", TaskState.RUNNING, 0, 0));
    for (int i = 10; i < 50_000; i++) {
      log.submitted(update(i, "f", TaskState.PENDING_NODE_ASSIGNMENT, 1));
    }
    List<TaskInfo> tasks = log.tasks();
    assertEquals(TaskLog.SHOWN, tasks.size());
    assertEquals("first", tasks.getFirst().function());
    assertEquals(10, tasks.get(1).submitted(), "the next in the queue");
    assertEquals(0, log.forgotten());
    assertEquals(1, log.ranSince(5_000).size());
  }

  @Test
  void changesAreToldOnceForEachTaskAndTheRestCounted() {
    for (int i = 0; i < 10; i++) {
      log.report(update(i, "f", TaskState.RUNNING, 1));
    }
    for (int i = 0; i < 5; i++) {
      log.report(update(i, "f", TaskState.FINISHED, 1));
    }
    TaskChanges all = log.changes(0, 100);
    assertEquals(15, all.upTo());
    assertEquals(10, all.tasks().size());
    assertEquals(0, all.missed());
    TaskChanges some = log.changes(2, 3);
    assertEquals(List.of(4L, 3L, 2L), some.tasks().stream().map(TaskInfo::submitted).toList());
    assertEquals(TaskState.FINISHED, some.tasks().getFirst().state());
    assertEquals(10, some.missed());
    assertEquals(List.of(), log.changes(15, 100).tasks());
  }
}
