package org.rayshell.runtime.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.view.WorkerInfo;

class SummaryTest {
  private final FakeView view = FakeView.small();

  private Summary summary(String query) {
    return Summary.of(view, new Host(), Query.parse(query));
  }

  private static List<String> states(Summary summary) {
    return summary.rows().stream().map(Summary.Task::state).toList();
  }

  @Test
  void whatNeedsALookComesFirst() {
    assertEquals(List.of("failed", "running", "queued", "finished"), states(summary(null)));
  }

  @Test
  void rowsAreFilteredByStateAndText() {
    assertEquals(List.of("running"), states(summary("state=running")));
    assertEquals(List.of("failed"), states(summary("q=BOOM")));
    assertEquals(List.of("failed"), states(summary("q=arithmetic")));
    assertEquals(4, summary("q=in%20%5B7").rows().size());
    assertTrue(summary("state=finished&q=boom").rows().isEmpty());
    assertEquals(4, summary("state=failed").tasks().total());
  }

  @Test
  void aCancelledTaskIsNoFailedOne() {
    view.task(5, "f", TaskState.FAILED, 201, 1, 2, 0, "f was cancelled before it began");
    assertEquals(
        List.of("failed", "running", "queued", "cancelled", "finished"), states(summary(null)));
    assertEquals(List.of("cancelled"), states(summary("state=cancelled")));
    Summary.Tasks tasks = summary(null).tasks();
    assertEquals(1, tasks.failed());
    assertEquals(1, tasks.cancelled());
    assertEquals(5, tasks.total());
  }

  @Test
  void aTaskHasItsTimes() {
    Summary.Task running = summary("state=running").rows().getFirst();
    assertEquals(3_500_000_000L, running.queuedNs());
    assertEquals(6 * FakeView.SECOND, running.ranNs());
    assertEquals(FakeView.SECOND, running.cpuNs());
  }

  @Test
  void manyTasksAreCountedButNotAllSent() {
    for (int i = 10; i < 9_000; i++) {
      view.task(i, "f", TaskState.FINISHED, 201, i * 0.001, i * 0.001 + 0.0005, 0, null);
    }
    Summary summary = summary(null);
    assertEquals(8_994, summary.tasks().total());
    assertEquals(100, summary.rows().size());
    assertEquals(8_994, summary.rowsMatching());
    assertTrue(Json.text(summary).length() < 200_000, () -> Json.text(summary).length() + " chars");
  }

  @Test
  void theRestIsGuessedFromTheMedianOfThreeRuns() {
    assertEquals(-1, summary(null).tasks().leftNs());
    view.task(5, "f", TaskState.FINISHED, 201, 1, 3, 0, null);
    view.task(6, "f", TaskState.FINISHED, 201, 1, 3, 0, null);
    // One waits for 2 s of work; the running one is past the median; two slots share it.
    assertEquals(FakeView.SECOND, summary(null).tasks().leftNs());
  }

  @Test
  void deadWorkersComeLastAndSayHowTheyEnded() {
    Summary.Worker dead = summary(null).workers().getLast();
    assertEquals("dead", dead.state());
    assertEquals("signal 9", dead.exit());
    assertEquals(0, dead.memory());
  }

  @Test
  void aHundredWorkersAreTooManyToSend() {
    for (int i = 0; i < 100; i++) {
      view.worker("w" + (10 + i), 1_000_000_000L + i, WorkerInfo.State.IDLE, null, null);
    }
    assertEquals(64, summary(null).workers().size());
    assertEquals(38, summary(null).workersLeftOut());
  }

  @Test
  void longTextsAreCut() {
    view.task(9, "g".repeat(500), TaskState.FAILED, 201, 1, 2, 0, "E".repeat(5_000));
    Summary.Task task = summary("q=ggg").rows().getFirst();
    assertEquals(80, task.function().length());
    assertEquals(300, task.error().length());
  }
}
