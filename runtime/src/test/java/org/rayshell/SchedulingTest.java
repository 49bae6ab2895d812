package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.runtime.Runtimes;
import org.rayshell.testing.Meeting;
import org.rayshell.testing.NothingLeft;

/** Which task runs where and when, with real workers. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class SchedulingTest {
  private static final String VARIABLE = "RAYSHELL_TEST_VARIABLE";

  @BeforeAll
  static void start() {
    Ray.init(RayOptions.create().numCpus(2).workerHeap(256L << 20).includeDashboard(false));
  }

  @AfterAll
  static void end() {
    Ray.shutdown();
  }

  private static int meetsIf(boolean meets, int port, int value) {
    if (meets) {
      Meeting.come(port, "");
    }
    return value;
  }

  private static int other(int value) {
    return value;
  }

  private static long blocks(int port) {
    Ray.get(Ray.task(SchedulingTest::meetsIf, true, port, 1).remote());
    return ProcessHandle.current().pid();
  }

  private static String environment() {
    return System.getenv(VARIABLE) + " " + System.getProperty("rayshell.test");
  }

  @Remote(
      env = VARIABLE + "=annotated=x",
      jvmOptions = "-Drayshell.test=y",
      memory = 1 << 20,
      name = "annotated")
  private static String annotated() {
    return environment();
  }

  private static List<ObjectRef<Integer>> quick(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Ray.task(SchedulingTest::meetsIf, false, 0, i).remote())
        .toList();
  }

  @Test
  void noTaskWaitsBehindALongOneWhileAWorkerIdles() throws Exception {
    // By now it is known to be a short one.
    Ray.get(quick(300));
    try (Meeting meeting = new Meeting()) {
      List<ObjectRef<Integer>> refs = new ArrayList<>(quick(50));
      ObjectRef<Integer> last =
          Ray.task(SchedulingTest::meetsIf, true, meeting.port(), -1).remote();
      refs.addAll(quick(50));
      Ray.get(refs);
      assertEquals(1, Ray.wait(List.of(last, refs.getFirst()), 1, null).ready().size());
      meeting.next().release("");
      assertEquals(-1, last.get());
    }
  }

  @Test
  void noTaskWaitsBehindOneThatWaitsForOthers() throws Exception {
    Ray.get(quick(300));
    try (Meeting meeting = new Meeting()) {
      ObjectRef<Long> blocked = Ray.task(SchedulingTest::blocks, meeting.port()).remote();
      Meeting.Guest child = meeting.next();
      Ray.get(quick(200));
      child.release("");
      assertNotEquals(child.pid(), blocked.get());
    }
  }

  @Test
  void twentyThousandTasksOfOneFunctionDoNotHoldUpAnother() {
    List<ObjectRef<Integer>> many = quick(20_000);
    ObjectRef<Integer> few = Ray.task(SchedulingTest::other, 7).remote();
    assertEquals(7, few.get());
    List<Integer> values = Ray.get(many);
    assertEquals(IntStream.range(0, 20_000).boxed().toList(), values);
  }

  @Test
  void memoryIsHeldWhileATaskRuns() throws Exception {
    long half = (long) (Ray.clusterResources().get("memory") * 0.6);
    try (Meeting meeting = new Meeting()) {
      ObjectRef<Integer> first =
          Ray.task(SchedulingTest::meetsIf, true, meeting.port(), 1)
              .options(o -> o.memory(half).numCpus(0.5))
              .remote();
      ObjectRef<Integer> second =
          Ray.task(SchedulingTest::meetsIf, true, meeting.port(), 2)
              .options(o -> o.memory(half).numCpus(0.5))
              .remote();
      Meeting.Guest guest = meeting.next();
      assertTrue(Ray.availableResources().get("memory") < half);
      // The other waits though there are CPUs.
      assertEquals(5, Ray.task(SchedulingTest::other, 5).remote().get());
      guest.release("");
      meeting.next().release("");
      assertEquals(3, first.get() + second.get());
    }
    long more = 4 * half;
    ObjectRef<Integer> never =
        Ray.task(SchedulingTest::other, 1).options(o -> o.memory(more)).remote();
    String message = assertThrows(RayException.class, never::get).getMessage();
    assertTrue(message.contains("memory=" + more + " of "), message);
    assertTrue(message.endsWith("RayOptions.create().objectStoreMemory(…))"), message);
  }

  @Test
  void aTaskSeesItsEnvironmentAndSharesItsWorkerWithNoOther() {
    RuntimeEnv env =
        RuntimeEnv.create().env(VARIABLE, "k=v").jvmOptions("-Drayshell.test=p", "-Xmx128m");
    Set<Long> workers = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      assertEquals(
          "k=v p",
          Ray.task(SchedulingTest::environment).options(o -> o.runtimeEnv(env)).remote().get());
      workers.add(
          Ray.task(() -> ProcessHandle.current().pid())
              .options(o -> o.runtimeEnv(env))
              .remote()
              .get());
      assertEquals("null null", Ray.task(SchedulingTest::environment).remote().get());
    }
    assertEquals(1, workers.size(), workers::toString);
    assertEquals("annotated=x y", Ray.task(SchedulingTest::annotated).remote().get());
    long most =
        Ray.task(() -> Runtime.getRuntime().maxMemory())
            .options(o -> o.runtimeEnv(env.jvmOptions("-XX:+UseG1GC")))
            .remote()
            .get();
    assertEquals(128L << 20, most);
  }

  @Test
  void anEnvironmentThatNoJvmStartsWithFailsItsTasksInTheJvmsOwnWords() {
    RuntimeEnv env = RuntimeEnv.create().jvmOptions("-XX:+NoSuchOption");
    List<ObjectRef<Integer>> refs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      refs.add(Ray.task(SchedulingTest::other, i).options(o -> o.runtimeEnv(env)).remote());
    }
    assertEquals(7, Ray.task(SchedulingTest::other, 7).remote().get());
    for (ObjectRef<Integer> ref : refs) {
      String message = assertThrows(RayException.class, ref::get).getMessage();
      assertTrue(message.contains("Unrecognized VM option 'NoSuchOption'"), message);
      assertTrue(message.contains("jvmOptions=[-XX:+NoSuchOption]"), message);
    }
    assertEquals(2, Runtimes.view().orElseThrow().nodes().getFirst().resources().get("CPU"));
    assertEquals(8, Ray.task(SchedulingTest::other, 8).remote().get());
  }

  @Test
  void badOptionsAreRefusedAtTheSetter() {
    RuntimeEnv env = RuntimeEnv.create();
    assertThrows(IllegalArgumentException.class, () -> env.env("A=B", "c"));
    assertThrows(IllegalArgumentException.class, () -> env.jvmOptions("Xmx1g"));
    assertThrows(IllegalArgumentException.class, () -> env.jvmOptions("-cp"));
    assertThrows(IllegalArgumentException.class, () -> TaskOptions.defaults().memory(-1));
  }
}
