package org.rayshell.runtime.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.view.TaskState;

class TaskRowsTest {
  private static final long AT = 1_795_000_000_000_000_000L;
  private static final TaskKind KIND = new TaskKind("f", "In [1]", null, 1, 3, 1);

  private final TaskRows rows = new TaskRows(4);

  private static TaskUpdate ended(ObjectId id) {
    TaskUpdate.Run run =
        new TaskUpdate.Run(
            4_194_304, AT, AT + 4_000_000_000L, 3_999_999_999L, 65_535, 9, null, null);
    return new TaskUpdate(id, KIND, TaskState.FINISHED, 1, AT - 1, run.ended(), run);
  }

  private static TaskUpdate made(ObjectId id) {
    return new TaskUpdate(
        id, KIND, TaskState.PENDING_NODE_ASSIGNMENT, 1, AT, AT, TaskUpdate.Run.NONE);
  }

  private static ObjectId id(long unique) {
    return new ObjectId(unique, -3, Integer.MIN_VALUE);
  }

  @Test
  void anEndedTaskAndOneThatWaitsAreAsTheyWere() {
    rows.set(0, ended(id(-1)).kept());
    rows.setMade(1, made(id(Long.MIN_VALUE)));
    assertEquals(ended(id(-1)), rows.get(0));
    assertEquals(made(id(Long.MIN_VALUE)), rows.get(1));
    assertSame(KIND, rows.get(0).kind());
    assertEquals(Long.MIN_VALUE, rows.unique(1));
    assertTrue(rows.makes(1, id(Long.MIN_VALUE)));
    assertFalse(rows.makes(1, id(-1)));
    assertFalse(rows.makes(0, new ObjectId(-1, -3, 1)));
    assertFalse(rows.makes(0, new ObjectId(-1, 3, Integer.MIN_VALUE)));
  }

  @Test
  void otherNewsIsKeptItself() {
    TaskUpdate task = made(id(5));
    rows.set(2, task);
    assertSame(task, rows.news(2));
    assertEquals(5, rows.unique(2));
    assertTrue(rows.makes(2, id(5)));
    assertFalse(rows.makes(2, id(6)));
  }

  @Test
  void rowsAreTakenAgainMovedAndMore() {
    rows.set(3, ended(id(1)).kept());
    rows.set(2, made(id(2)));
    rows.grow(8);
    rows.move(3, 7);
    rows.move(2, 3);
    rows.move(3, 3);
    assertEquals(ended(id(1)), rows.get(7));
    assertEquals(made(id(2)), rows.get(3));
    assertTrue(rows.isEmpty(2));
    assertNull(rows.get(2));
    rows.clear(7);
    assertTrue(rows.isEmpty(7));
    rows.setMade(7, made(id(9)));
    assertEquals(made(id(9)), rows.get(7));
    rows.set(7, ended(id(9)).kept());
    assertEquals(ended(id(9)), rows.get(7));
    assertEquals(8, rows.size());
  }
}
