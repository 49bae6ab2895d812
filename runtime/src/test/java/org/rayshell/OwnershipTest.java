package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.testing.ChildJvm;
import org.rayshell.testing.Meeting;
import org.rayshell.testing.NothingLeft;

/** Who owns what: the driver the result of A, the worker that runs A the result of B. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class OwnershipTest {
  private static ObjectRef<Integer> a(int n) {
    ObjectRef<Integer> ref = Ray.task(OwnershipTest::b, n).options(o -> o.name("B")).remote();
    Ray.get(ref);
    return ref;
  }

  private static int b(int n) {
    return 10 * n;
  }

  @Test
  void whoSubmitsATaskOwnsItsResult() {
    Ray.init(RayOptions.create().numCpus(2).includeDashboard(false));
    try {
      ObjectRef<ObjectRef<Integer>> refOfA =
          Ray.task(OwnershipTest::a, 4).options(o -> o.name("A")).remote();
      ObjectRef<Integer> refOfB = refOfA.get();
      assertEquals(40, refOfB.get());

      ClusterView view = Runtimes.view().orElseThrow();
      Map<String, TaskInfo> tasks =
          view.tasks().stream().collect(Collectors.toMap(TaskInfo::function, Function.identity()));
      TaskInfo a = tasks.get("A");
      TaskInfo b = tasks.get("B");
      assertEquals(2, tasks.size());
      assertEquals(ProcessHandle.current().pid(), a.ownerPid());
      assertEquals(a.workerPid(), b.ownerPid());
      assertNotEquals(a.workerPid(), b.workerPid());
      assertEquals(null, a.parentTaskId());
      assertEquals(a.taskId(), b.parentTaskId());
      assertEquals(refOfA.id(), a.objectId());
      assertEquals(refOfB.id(), b.objectId());
      assertTrue(refOfB.id().startsWith(b.taskId()));
      List<Long> pids = view.workers().stream().map(worker -> worker.pid()).toList();
      assertTrue(pids.containsAll(List.of(a.workerPid(), b.workerPid())), pids::toString);
      assertTrue(a.submitted() <= a.started() && a.started() <= b.submitted());
      assertTrue(b.submitted() <= b.started() && b.started() <= b.ended());
      assertTrue(b.ended() <= a.ended());
    } finally {
      Ray.shutdown();
    }
  }

  /** A driver whose task gets a value of another worker. */
  static final class Driver {
    public static void main(String[] args) {
      int port = Integer.parseInt(args[0]);
      Ray.init(RayOptions.create().numCpus(2).includeDashboard(false));
      System.out.println(Ray.get(Ray.task(OwnershipTest::outer, port).remote()));
      Ray.shutdown();
    }
  }

  private static String outer(int port) {
    String inner = Ray.get(Ray.task(OwnershipTest::inner, port).remote());
    return Meeting.come(port, "outer has " + inner);
  }

  private static String inner(int port) {
    return Meeting.come(port, "inner");
  }

  @Test
  void aResultGoesFromWorkerToWorkerEvenWhileTheDriverStandsStill() throws Exception {
    try (Meeting meeting = new Meeting();
        ChildJvm driver = ChildJvm.start(Driver.class, "" + meeting.port())) {
      Meeting.Guest inner = meeting.next();
      signal("STOP", driver);
      inner.release("its result");
      Meeting.Guest outer = meeting.next();
      assertEquals("outer has its result", outer.word());
      assertNotEquals(inner.pid(), outer.pid());
      signal("CONT", driver);
      outer.release("done");
      assertEquals("done", driver.readLine());
      assertEquals(0, driver.exitCode());
    }
  }

  private static void signal(String name, ChildJvm process) throws Exception {
    String pid = "" + process.process().pid();
    assertEquals(0, new ProcessBuilder("kill", "-" + name, pid).start().waitFor());
  }
}
