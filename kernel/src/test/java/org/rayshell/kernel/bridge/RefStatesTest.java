package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.view.Loss;
import org.rayshell.runtime.view.TaskState;

/** How lists look in each state: which rows, which words, which figures. */
class RefStatesTest {
  private static final Pattern INDEX =
      Pattern.compile(
          "<tr style=\"background:none;height:23px\"><td[^>]*><span[^>]*>(\\d+)</span>");

  private final FakeView view = new FakeView();
  private final List<ObjectRef<Object>> refs = new ArrayList<>();

  private void add(int count, TaskState state) {
    for (int i = 0; i < count; i++) {
      boolean failed = state == TaskState.FAILED;
      refs.add(
          view.task(
              refs.size(),
              state,
              100 + refs.size(),
              state == TaskState.FINISHED ? "int 1" : null,
              failed ? "ArithmeticException: / by zero" : null));
    }
  }

  private RefFragment fragment() {
    return new RefFragment(RefList.of(refs).orElseThrow(), view);
  }

  private String html() {
    return html(false);
  }

  private String html(boolean kernelEnds) {
    String html = (String) fragment().draw(kernelEnds).data().get("text/html");
    AllowList.check(html);
    return html;
  }

  private static List<Integer> rows(String html) {
    return INDEX.matcher(html).results().map(row -> Integer.valueOf(row.group(1))).toList();
  }

  @Test
  void upToTwentyAreAllShown() {
    add(20, TaskState.RUNNING);
    assertEquals(20, rows(html()).size());
    assertFalse(html().contains("more"), html());
    add(1, TaskState.RUNNING);
    assertEquals(10, rows(html()).size());
    assertTrue(html().contains("11 more not shown: 11 running"), html());
  }

  @Test
  void ofMoreThoseAreShownThatTellMost() {
    add(177, TaskState.FINISHED);
    add(4, TaskState.RUNNING);
    add(219, TaskState.PENDING_NODE_ASSIGNMENT);
    String html = html();
    assertEquals(List.of(173, 174, 175, 176, 177, 178, 179, 180, 181, 182), rows(html));
    assertTrue(html.contains("390 more not shown: 173 finished, 217 queued"), html);
    assertTrue(html.contains("/tasks?cell=7\">all in the dashboard"), html);
  }

  @Test
  void failuresComeFirstAndLeaveRoomForTheRest() {
    add(30, TaskState.FAILED);
    add(3, TaskState.RUNNING);
    add(30, TaskState.FINISHED);
    assertEquals(List.of(0, 1, 2, 3, 4, 30, 31, 32, 61, 62), rows(html()));
  }

  @Test
  void theAxisIsThatOfTheRunsShown() {
    add(40, TaskState.FINISHED);
    String html = html();
    // The runs of the 0.14 s after 0.1 s in the queue, and a little before them.
    assertTrue(
        Pattern.compile("<span>93[.0-9]* ms </span><span>0.24 s</span>").matcher(html).find(),
        html);
  }

  @Test
  void aFinalListOfUpTo200CanBeOpened() {
    add(1, TaskState.FAILED);
    add(199, TaskState.FINISHED);
    String html = html();
    assertTrue(html.contains("<details"), html);
    assertTrue(html.contains("190 more: 190 finished"), html);
    assertTrue(html.contains("ArithmeticException"), html);
    // Each of the others is there.
    assertEquals(190, html.split("<tr><td>", -1).length - 1);
  }

  @Test
  void aLongerOneShowsFailuresTheSlowestAndACount() {
    add(2, TaskState.FAILED);
    add(299, TaskState.FINISHED);
    String html = html();
    assertEquals(List.of(0, 1, 296, 297, 298, 299, 300), rows(html));
    assertTrue(html.contains("failed ones and the slowest others"), html);
    assertTrue(html.contains("294 more not shown: 294 finished"), html);
    assertFalse(html.contains("<details"), html);
  }

  @Test
  void aGuessAtTheRestNeedsThreeEndsAndASecond() {
    add(2, TaskState.FINISHED);
    add(2, TaskState.RUNNING);
    add(8, TaskState.PENDING_NODE_ASSIGNMENT);
    view.now += 2_000 * FakeView.MS;
    assertFalse(html().contains(" left"), html());
    refs.clear();
    view.tasks.clear();
    add(4, TaskState.FINISHED);
    add(8, TaskState.PENDING_NODE_ASSIGNMENT);
    view.now = FakeView.START + 900 * FakeView.MS;
    assertFalse(html().contains(" left"), html());
    view.now = FakeView.START + 1_100 * FakeView.MS;
    // Four runs of 0.1 s in a second: 0.4 at a time, so that eight more take two.
    assertTrue(html().contains("1.10 s since the first call, about 2.00 s left"), html());
    assertTrue(html().contains(">as of "), html());
  }

  @Test
  void aRateIsToldOfMoreThanFifty() {
    add(50, TaskState.FINISHED);
    assertFalse(html().contains("0/s"), html());
    add(1, TaskState.FINISHED);
    assertTrue(html().contains("204/s"), html());
  }

  @Test
  void everyEndHasItsWord() {
    ObjectRef<Object> freed = view.task(1, TaskState.FINISHED, 1, "int 1", null);
    ObjectRef<Object> lost = view.task(2, TaskState.FINISHED, 1, "int 1", null);
    ObjectRef<Object> orphan = FakeView.newRef(3);
    ObjectRef<Object> stopped = view.task(4, TaskState.FAILED, 1, null, null);
    view.lose(freed, Loss.FREED);
    view.lose(lost, Loss.LOST);
    view.lose(orphan, Loss.OWNER_DIED);
    view.lose(stopped, Loss.SESSION_ENDED);
    refs.addAll(List.of(freed, lost, orphan, stopped));
    refs.add(view.task(5, TaskState.FAILED, 1, null, "f was cancelled before it began"));
    String html = html();
    assertTrue(fragment().isFinal());
    for (String words :
        List.of(
            "1 freed",
            "let go by Ray.free",
            "1 lost",
            "its worker died, no try is left",
            "1 failed",
            "its owner died",
            "1 not finished",
            "1 cancelled")) {
      assertTrue(html.contains(words), () -> words + " is not in " + html);
    }
  }

  @Test
  void aRetryIsToldWithItsNumber() {
    refs.add(view.retrying(1));
    String list = html();
    assertTrue(list.contains("1 retrying"), list);
    assertTrue(list.contains("try 2"), list);
    RefFragment one = new RefFragment(RefList.of(refs.getFirst()).orElseThrow(), view);
    String line = (String) one.draw(false).data().get("text/html");
    AllowList.check(line);
    assertTrue(line.contains("retrying") && line.contains("attempt 2"), line);
    assertFalse(one.isFinal());
  }

  @Test
  void theKernelsEndIsNotRays() {
    add(1, TaskState.FINISHED);
    add(3, TaskState.RUNNING);
    assertTrue(html(true).contains("3 not finished when the kernel stopped"), html(true));
    view.running = false;
    assertTrue(html().contains("3 not finished when Ray stopped"), html());
  }

  @Test
  void aFailureAmongThousandsIsSeenInTheBar() {
    add(9_999, TaskState.FINISHED);
    add(1, TaskState.FAILED);
    assertTrue(html().contains("width:0.01%;min-width:3px"), html());
  }

  @Test
  void barsAreCharactersWhereStylesAreTakenAway() {
    add(1, TaskState.FINISHED);
    assertTrue(html().contains("<span style=\"font-size:0\">"), html());
    assertTrue(html().contains("█"), html());
  }

  @Test
  void theLongestOfNamesAndValuesStayWithinTheLimit() {
    for (int i = 0; i < 200; i++) {
      refs.add(
          view.task(
              i,
              i < 20 ? TaskState.FAILED : TaskState.FINISHED,
              i,
              "\"".repeat(300),
              "<".repeat(900)));
    }
    html();
    refs.subList(20, 200).clear();
    html();
  }
}
