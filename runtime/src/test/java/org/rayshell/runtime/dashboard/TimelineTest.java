package org.rayshell.runtime.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rayshell.runtime.view.TaskState;

class TimelineTest {
  private final FakeView view = new FakeView();

  private Timeline timeline(int seconds) {
    return Timeline.of(view, Query.parse("window=" + seconds));
  }

  private static double ms(Timeline.Bar bar) {
    return bar.to().subtract(bar.from()).doubleValue();
  }

  @Test
  void aBarHasItsTimesAndItsShareOfCpu() {
    view.task(1, "f", TaskState.FINISHED, 201, 1, 3, 0.5, null);
    view.task(2, "g", TaskState.RUNNING, 202, 8, -1, 2, null);
    Timeline timeline = timeline(0);
    assertEquals(2, timeline.lanes().size());
    Timeline.Bar first = timeline.lanes().getFirst().bars().getFirst();
    assertEquals(2000, ms(first));
    assertEquals(0.25, first.cpu());
    Timeline.Bar running = timeline.lanes().getLast().bars().getFirst();
    assertEquals(Words.time(view.now()), running.to());
    assertEquals(1.0, running.cpu());
    assertEquals(Words.time(view.now()), timeline.to());
  }

  @Test
  void theSpanCutsWhatIsOlder() {
    view.task(1, "old", TaskState.FINISHED, 201, 1, 2, 0, null);
    view.task(2, "across", TaskState.FINISHED, 201, 3, 7, 4, null);
    view.task(3, "new", TaskState.FINISHED, 201, 8, 10, 0, null);
    Timeline.Lane lane = timeline(5).lanes().getFirst();
    assertEquals(2, lane.bars().size());
    assertEquals(2000, ms(lane.bars().getFirst()));
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

  @Test
  void aSpanMayBeNamedByItsEnds() {
    view.task(1, "f", TaskState.FINISHED, 201, 1, 3, 0, null);
    view.task(2, "f", TaskState.FINISHED, 201, 6, 9, 0, null);
    long from = FakeView.at(2) / 1_000_000;
    long to = FakeView.at(7) / 1_000_000;
    Timeline timeline = Timeline.of(view, Query.parse("from=" + from + "&to=" + to));
    List<Timeline.Bar> bars = timeline.lanes().getFirst().bars();
    assertEquals(2, bars.size());
    assertEquals(1000, ms(bars.getFirst()));
    assertEquals(1000, ms(bars.getLast()));
    assertThrows(
        Query.BadRequest.class, () -> Timeline.of(view, Query.parse("from=" + to + "&to=" + from)));
  }

  @Test
  void manyWorkersAreCutAndTheAnswerStaysSmall() {
    for (int worker = 0; worker < 60; worker++) {
      for (int i = 0; i < 150; i++) {
        double from = i * 0.06;
        view.task(
            worker * 150 + i,
            "f".repeat(90),
            TaskState.FINISHED,
            1000 + worker,
            from,
            from + 0.05,
            0,
            null);
      }
    }
    Timeline timeline = timeline(0);
    assertEquals(32, timeline.lanes().size());
    assertEquals(28, timeline.lanesLeftOut());
    assertTrue(Json.bytes(timeline) < 200_000, () -> Json.bytes(timeline) + " bytes");
  }
}
