package org.rayshell.runtime.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rayshell.runtime.view.TaskState;

class TaskListTest {
  private final FakeView view = FakeView.small();

  private JsonObject page(String query) {
    return Json.tree(new TaskList(view).answer(Query.parse(query))).getAsJsonObject();
  }

  private List<String> states(String query) {
    return values(query, "state");
  }

  private List<String> values(String query, String name) {
    return page(query).getAsJsonArray("tasks").asList().stream()
        .map(task -> task.getAsJsonObject().get(name).getAsString())
        .toList();
  }

  @Test
  void whatNeedsALookComesFirst() {
    assertEquals(List.of("failed", "running", "queued", "finished"), states(null));
  }

  @Test
  void manyFailuresDoNotHideWhatRuns() {
    for (int i = 10; i < 200; i++) {
      view.task(i, "boom", TaskState.FAILED, 201, 1, 2, 0, "E");
    }
    assertEquals(5, states("limit=100").indexOf("running"));
  }

  @Test
  void tasksAreFilteredByStateFunctionCellWorkerAndText() {
    assertEquals(List.of("running"), states("state=running"));
    assertEquals(List.of("failed"), states("function=boom"));
    assertEquals(4, states("cell=7").size());
    assertEquals(4, states("cell=In%20%5B7%5D").size());
    assertEquals(0, states("cell=70").size());
    assertEquals(List.of("failed"), states("worker=202"));
    assertEquals(List.of("failed"), states("q=BOOM"));
    assertEquals(List.of("failed"), states("q=arithmetic"));
    assertEquals(List.of("failed"), states("q=1234567800000003"));
    assertEquals(List.of(), states("state=finished&q=boom"));
  }

  @Test
  void tasksAreSortedEitherWay() {
    assertEquals(
        List.of("0", "1000000000", "2000000000", "6000000000"), values("sort=ran", "ranNs"));
    assertEquals(
        List.of("6000000000", "2000000000", "1000000000", "0"), values("sort=-ran", "ranNs"));
    assertEquals("boom", values("sort=function", "function").getFirst());
  }

  @Test
  void aPageTellsTheNextOne() {
    for (int i = 10; i < 260; i++) {
      view.task(i, "f", TaskState.FINISHED, 201, i * 0.001, i * 0.001 + 0.0005, 0, null);
    }
    JsonObject first = page("function=f");
    assertEquals(100, first.getAsJsonArray("tasks").size());
    assertEquals(250, first.get("matching").getAsInt());
    assertEquals(254, first.get("total").getAsInt());
    assertTrue(first.get("previous").isJsonNull());
    JsonObject last = page("function=f&cursor=200");
    assertEquals(50, last.getAsJsonArray("tasks").size());
    assertTrue(last.get("next").isJsonNull());
    assertEquals("100", last.get("previous").getAsString());
  }

  @Test
  void whatIsDroppedIsCounted() {
    for (int i = 10; i < 12_000; i++) {
      view.task(i, "f", TaskState.FINISHED, 201, i * 0.0001, i * 0.0001 + 0.00005, 0, null);
    }
    JsonObject page = page(null);
    assertEquals(11_994, page.get("total").getAsInt());
    assertEquals(10_000, page.get("listed").getAsInt());
    assertEquals(1_992, page.get("dropped").getAsInt());
  }

  @Test
  void answersStaySmall() {
    for (int i = 10; i < 2_000; i++) {
      view.task(i, "ü".repeat(500), TaskState.FAILED, 201, 1, 2, 0, "☃".repeat(5_000));
    }
    JsonObject page = page("limit=1000");
    assertTrue(Json.bytes(page) < 200_000, () -> Json.bytes(page) + " bytes");
    assertEquals(
        Integer.toString(page.getAsJsonArray("tasks").size()), page.get("next").getAsString());
  }

  @Test
  void whatCannotBeAskedIsNamedWithTheRemedy() {
    String state = assertThrows(Query.BadRequest.class, () -> page("state=failing")).getMessage();
    assertEquals(
        "state must be one of finished, running, queued, retrying, failed, cancelled:"
            + " state=failing",
        state);
    String sort = assertThrows(Query.BadRequest.class, () -> page("sort=size")).getMessage();
    assertTrue(sort.startsWith("tasks are sorted by one of attempt, cell, cpu, "), sort);
    assertTrue(sort.endsWith("sort=size"), sort);
  }
}
