package org.rayshell.cluster.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.view.ErrorType;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.wire.TaskKind;
import org.rayshell.runtime.wire.TaskUpdate;

class NestedTasksTest {
  private static final ObjectId ID = new ObjectId(1, 1, 1);
  private static final TaskKind KIND = new TaskKind("f", "In [1]", ID, 10, 3, 1);

  private final NestedTasks tasks = new NestedTasks();

  private static TaskUpdate news(TaskState state, int attempt, long worker) {
    return new TaskUpdate(
        ID, KIND, state, attempt, 5, 6, new TaskUpdate.Run(worker, 0, 0, 0, 0, 0, null, null));
  }

  @Test
  void whatComesLateIsNoNews() {
    assertTrue(tasks.changed(news(TaskState.RUNNING, 1, 20)));
    assertFalse(tasks.changed(news(TaskState.PENDING_NODE_ASSIGNMENT, 1, 0)));
    assertTrue(tasks.changed(news(TaskState.FINISHED, 1, 20)));
    assertFalse(tasks.changed(news(TaskState.PENDING_NODE_ASSIGNMENT, 1, 0)));
    assertTrue(tasks.changed(news(TaskState.PENDING_NODE_ASSIGNMENT, 2, 0)));
  }

  @Test
  void whatRanInAWorkerThatIsGoneHasFailed() {
    tasks.changed(news(TaskState.RUNNING, 1, 20));
    assertEquals(List.of(), tasks.lost(Set.of(new ObjectId(2, 1, 1)), 9));
    TaskUpdate lost = tasks.lost(Set.of(ID), 9).getFirst();
    assertEquals(TaskState.FAILED, lost.state());
    assertEquals(ErrorType.WORKER_DIED, lost.run().errorType());
    assertEquals("worker 20 died", lost.run().error());
    assertEquals(List.of(), tasks.lost(Set.of(ID), 9));
  }
}
