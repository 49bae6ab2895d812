package org.rayshell.runtime.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rayshell.runtime.view.TaskState;

class TimelineTest {
  private final FakeView view = new FakeView();

  private Timeline timeline(int seconds) {
    return Timeline.of(view.tasks(), view.now(), seconds * FakeView.SECOND);
  }

  @Test
  void aBarHasItsTimesAndItsShareOfCpu() {
    view.task(1, "f", TaskState.FINISHED, 201, 1, 3, 0.5, null);
    view.task(2, "g", TaskState.RUNNING, 202, 8, -1, 2, null);
    Timeline timeline = timeline(0);
    assertEquals(2, timeline.lanes().size());
    Timeline.Bar first = timeline.lanes().getFirst().bars().getFirst();
    assertEquals(2000, first.to() - first.from());
    assertEquals(0.25, first.cpu());
    Timeline.Bar running = timeline.lanes().getLast().bars().getFirst();
    assertEquals(view.now() / 1e6, running.to());
    assertEquals(1.0, running.cpu());
    assertEquals(view.now() / 1e6, timeline.to());
  }

  @Test
  void theSpanCutsWhatIsOlder() {
    view.task(1, "old", TaskState.FINISHED, 201, 1, 2, 0, null);
    view.task(2, "across", TaskState.FINISHED, 201, 3, 7, 4, null);
    view.task(3, "new", TaskState.FINISHED, 201, 8, 10, 0, null);
    Timeline.Lane lane = timeline(5).lanes().getFirst();
    assertEquals(2, lane.bars().size());
    assertEquals(2000, lane.bars().getFirst().to() - lane.bars().getFirst().from());
    assertEquals(0.8, lane.busy());
  }

  @Test
  void manyShortTasksShareBarsAndAFailureShows() {
    for (int i = 0; i < 5000; i++) {
      double from = i * 0.002;
      TaskState state = i == 2500 ? TaskState.FAILED : TaskState.FINISHED;
      view.task(i, "f", state, 201, from, from + 0.001, 0.001, null);
    }
    Timeline.Lane lane = timeline(0).lanes().getFirst();
    assertTrue(lane.bars().size() <= 201, () -> "bars=" + lane.bars().size());
    assertEquals(5000, lane.bars().stream().mapToInt(Timeline.Bar::tasks).sum());
    assertEquals(1, lane.bars().stream().filter(bar -> bar.state().equals("failed")).count());
  }

  @Test
  void whereNothingRanThereAreNoLanes() {
    view.task(1, "f", TaskState.PENDING_NODE_ASSIGNMENT, 0, -1, -1, 0, null);
    assertTrue(timeline(60).lanes().isEmpty());
  }
}
