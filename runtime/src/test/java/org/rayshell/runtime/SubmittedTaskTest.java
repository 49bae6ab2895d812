package org.rayshell.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;
import org.rayshell.RayOptions;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskCount;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.testing.NothingLeft;

/** What the session's picture tells of a task that the loop has not come to. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class SubmittedTaskTest {
  @BeforeEach
  void start() {
    Ray.init(RayOptions.create().numCpus(1).includeDashboard(false));
  }

  @AfterEach
  void end() {
    Ray.shutdown();
  }

  private static int twice(int n) {
    return 2 * n;
  }

  @Test
  void aTaskIsSeenAsSoonAsItsRefIsThere() {
    ClusterView view = Runtimes.view().orElseThrow();
    CountDownLatch gate = new CountDownLatch(1);
    ObjectRef<Integer> ref;
    try {
      CountDownLatch holds = new CountDownLatch(1);
      ((DriverRuntime) Runtimes.running())
          .loop.execute(() -> {
            holds.countDown();
            Waiting.uninterruptibly(gate);
          });
      Waiting.uninterruptibly(holds);
      ref = Ray.task(SubmittedTaskTest::twice, 21).remote();
      List<TaskInfo> seen = view.tasks();
      assertEquals(1, seen.size());
      assertEquals(TaskState.PENDING_NODE_ASSIGNMENT, seen.getFirst().state());
      assertTrue(view.taskCounts().stream().anyMatch(SubmittedTaskTest::isOnePending));
    } finally {
      gate.countDown();
    }
    assertEquals(42, Ray.get(ref));
    assertEquals(1, view.tasks().size());
    assertEquals(TaskState.FINISHED, view.tasks().getFirst().state());
    assertTrue(view.taskCounts().stream().noneMatch(SubmittedTaskTest::isOnePending));
  }

  private static boolean isOnePending(TaskCount count) {
    return count.state() == TaskState.PENDING_NODE_ASSIGNMENT && count.count() == 1;
  }
}
