package org.rayshell.runtime.owner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.rayshell.runtime.owner.SimulatedCluster.ENDLESS;
import static org.rayshell.runtime.owner.SimulatedCluster.tree;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.wire.TaskKind;
import org.rayshell.runtime.wire.TaskUpdate;

/** What is known of a task that waits as it was made: it keeps no report of itself. */
class WaitingTaskTest {
  private static final long MINUTE = 60_000_000_000L;

  private final SimulatedCluster cluster = new SimulatedCluster(1, 1, 4);

  @Test
  void itTellsWhatItWaitsForWheneverSomebodyLooks() {
    ObjectState first = cluster.submit(tree(0, 0, ENDLESS));
    ObjectState second = cluster.submit(tree(0, 0, ENDLESS, new ObjectRef<>(first)));
    TaskUpdate task = first.task();
    assertEquals(TaskState.PENDING_NODE_ASSIGNMENT, task.state());
    assertEquals(first.id(), task.id());
    assertEquals("tree", task.function());
    assertEquals("In [1]", task.cell());
    assertEquals(1, task.attempt());
    assertEquals(task.submitted(), task.at());
    assertEquals(task, first.task());
    assertEquals(TaskState.PENDING_ARGS_AVAIL, second.task().state());
  }

  @Test
  void whatIsComparedForNewsHoldsNeitherTaskNorResult() {
    ObjectState state = cluster.submit(tree(0, 0, ENDLESS));
    Object before = assertInstanceOf(TaskKind.class, state.latest());
    assertSame(before, state.latest());
    cluster.want(List.of(state));
    cluster.time.runUntil(() -> state.outcome() != null, MINUTE);
    assertNotSame(before, state.latest());
    assertEquals(TaskState.FINISHED, state.task().state());
    assertFalse(state.news() instanceof PendingTask);
  }

  @Test
  void tasksOfOneCallSiteShareItAndOthersDoNot() {
    CallSites sites = new CallSites(1);
    var f = tree("f", 0, 0, ENDLESS).function();
    var g = tree("g", 0, 0, ENDLESS).function();
    Origin cell = new Origin("In [1]", null, 0);
    CallSite first = sites.of(f, cell);
    assertNotSame(first, sites.of(g, cell));
    assertSame(first, sites.of(f, new Origin("In [1]", null, 0)));
    assertNotSame(first, sites.of(f, new Origin("In [2]", null, 0)));
  }
}
