package org.rayshell.runtime.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.view.WorkerInfo;

class SummaryTest {
  private final FakeView view = FakeView.small();

  private Summary summary() {
    return Summary.of(view, new Host());
  }

  @Test
  void tasksAreCountedByState() {
    Summary.Tasks tasks = summary().tasks();
    assertEquals(4, tasks.total());
    assertEquals(1, tasks.finished());
    assertEquals(1, tasks.running());
    assertEquals(1, tasks.queued());
    assertEquals(1, tasks.failed());
    // Two runs have ended, of 2 s and 1 s, and one goes on for 6 s.
    assertEquals(9 * FakeView.SECOND, tasks.ranNs());
    assertEquals(3 * FakeView.SECOND / 2, tasks.cpuNs());
    assertEquals(9.5, tasks.sinceNs() / 1e9, 1e-6);
  }

  @Test
  void aCancelledTaskIsNoFailedOne() {
    view.task(5, "f", TaskState.FAILED, 201, 1, 2, 0, "f was cancelled before it began");
    Summary.Tasks tasks = summary().tasks();
    assertEquals(1, tasks.failed());
    assertEquals(1, tasks.cancelled());
    assertEquals(5, tasks.total());
  }

  @Test
  void theRestIsGuessedFromTheMedianOfThreeRuns() {
    assertEquals(-1, summary().tasks().leftNs());
    view.task(5, "f", TaskState.FINISHED, 201, 1, 3, 0, null);
    view.task(6, "f", TaskState.FINISHED, 201, 1, 3, 0, null);
    // One waits for 2 s of work, one is half done, two slots share it.
    assertEquals(1.5, summary().tasks().leftNs() / 1e9, 0.1);
  }

  @Test
  void whatIsOverHasNothingLeft() {
    FakeView over = new FakeView();
    over.task(1, "f", TaskState.FINISHED, 201, 1, 3, 0, null);
    assertEquals(-1, Summary.of(over, new Host()).tasks().leftNs());
    assertEquals(2.5, Summary.of(over, new Host()).tasks().sinceNs() / 1e9, 1e-6);
  }

  @Test
  void theLatestDeathOfAWorkerIsTold() {
    Summary.Death death = summary().workers().lastDeath();
    assertEquals(202, death.worker());
    assertEquals("signal 9", death.exit());
    assertEquals(1, summary().workers().running());
    view.workers.clear();
    view.worker("w3", 203, WorkerInfo.State.DEAD, null, "exit code 0");
    assertNull(summary().workers().lastDeath(), "it was meant to end");
  }

  @Test
  void resourcesAreUsedOfTotal() {
    assertEquals(List.of(1.0, 2.0), summary().resources().get("CPU"));
    assertEquals(81_000_000, summary().store().used());
    assertEquals(200_000, summary().store().spilled());
  }
}
