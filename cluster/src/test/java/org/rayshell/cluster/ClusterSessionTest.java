package org.rayshell.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.NodeInfo;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;
import org.rayshell.RayContext;
import org.rayshell.RayException;
import org.rayshell.RayTaskException;
import org.rayshell.RayTimeoutException;
import org.rayshell.RuntimeEnv;
import org.rayshell.TaskCancelledException;
import org.rayshell.WaitResult;
import org.rayshell.WorkerCrashedException;
import org.rayshell.cluster.testing.RayCluster;
import org.rayshell.cluster.testing.SessionDriver;
import org.rayshell.cluster.testing.SharedCluster;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.view.LogLine;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskState;

/** What programs do, on a Ray cluster. */
@EnabledOnOs(OS.LINUX)
@ExtendWith(SharedCluster.class)
class ClusterSessionTest {
  private static RayContext session;

  @BeforeAll
  static void attach(RayCluster cluster) {
    session = Ray.init(cluster.options());
  }

  @AfterAll
  static void leave() {
    Ray.shutdown();
  }

  @Test
  void valuesComeBack() {
    assertEquals(42, Ray.get(Ray.task(Jobs::twice, 21).remote()));
    assertEquals(
        new Jobs.Point(2, List.of("a", "moved")),
        Ray.get(Ray.task(Jobs::moved, new Jobs.Point(1, List.of("a"))).remote()));
    int captured = 6;
    assertEquals(42, Ray.get(Ray.task(() -> captured * 7).remote()));
  }

  @Test
  void refsAreArguments() {
    ObjectRef<Integer> four = Ray.task(Jobs::twice, 2).remote();
    assertEquals(8, Ray.get(Ray.task(Jobs::twice, four).remote()));
    assertEquals(
        10, Ray.get(Ray.task(Jobs::seven, four, Ray.put(1), Ray.put(2), Ray.put(3)).remote()));
  }

  @Test
  void largeValuesStayInTheClustersStore() {
    ObjectRef<double[]> made = Ray.task(Jobs::numbers, 300_000).remote();
    ObjectRef<double[]> put = Ray.put(Jobs.numbers(200_000));
    assertEquals(300_000, Ray.get(Ray.task(Jobs::last, made).remote()));
    assertEquals(200_000, Ray.get(Ray.task(Jobs::last, put).remote()));
    assertEquals(300_000, Ray.get(made).length);
    assertArrayEquals(Jobs.numbers(200_000), Ray.get(put));
    // Once more, now that they are here, too.
    assertEquals(300_000, Ray.get(Ray.task(Jobs::last, made).remote()));
  }

  @Test
  void manyTasksAtOnce() {
    List<ObjectRef<Integer>> refs =
        IntStream.range(0, 500).mapToObj(i -> Ray.task(Jobs::twice, i).remote()).toList();
    assertEquals(499 * 500, Ray.get(refs).stream().mapToInt(Integer::intValue).sum());
  }

  @Test
  void tasksSubmitTasks() {
    assertEquals(5, Ray.get(Ray.task(Jobs::fib, 5).remote()));
    assertEquals(2.0, Ray.get(Ray.task(Jobs::cpus, 0).remote()));
    // Of fib(5) fourteen, each submitted by another task.
    List<TaskInfo> below = below("fib");
    assertEquals(14, below.size());
    below.forEach(task -> assertEquals(TaskState.FINISHED, task.state()));
  }

  @Test
  void refsTravelInValues() {
    List<ObjectRef<Integer>> mine =
        List.of(Ray.put(1), Ray.task(Jobs::twice, 2).remote(), Ray.task(Jobs::twice, 3).remote());
    assertEquals(11, Ray.get(Ray.task(Jobs::sum, mine).remote()));
    List<ObjectRef<Integer>> made = Ray.get(Ray.task(Jobs::refs, 5).remote());
    assertEquals(15, Ray.get(Ray.task(Jobs::sum, made).remote()));
    assertEquals(List.of(5, 10), Ray.get(made));
    assertEquals(11, Ray.get(Ray.task(Jobs::add, made.get(0), made.get(0)).remote()) + 1);
  }

  @Test
  void severalResults() {
    List<ObjectRef<String>> refs =
        Ray.task(Jobs::words, "to be or").options(o -> o.numReturns(3)).<String>remoteMany();
    assertEquals(List.of("to", "be", "or"), Ray.get(refs));
  }

  @Test
  void failuresAreTheUsersExceptions() {
    ObjectRef<Integer> failed = Ray.task(Jobs::fails, 3).remote();
    RayTaskException e = assertThrows(RayTaskException.class, () -> Ray.get(failed));
    assertEquals(
        "boom 3", assertInstanceOf(IllegalStateException.class, e.getCause()).getMessage());
    assertInstanceOf(ArithmeticException.class, e.getCause().getCause());
    assertEquals("fails", e.getCause().getStackTrace()[0].getMethodName());
    // A task whose argument has failed fails alike.
    assertThrows(RayTaskException.class, () -> Ray.get(Ray.task(Jobs::twice, failed).remote()));
    String nested = Ray.get(Ray.task(Jobs::caught, "task").remote());
    assertTrue(nested.startsWith("RayTaskException: fails failed on worker"), nested);
  }

  @Test
  void tasksOfDeadWorkersRunAgain() {
    RayException e =
        assertThrows(
            WorkerCrashedException.class,
            () -> Ray.get(Ray.task(Jobs::dies, 3).options(o -> o.maxRetries(1)).remote()));
    assertTrue(e.getMessage().contains("in attempt 2 of 2"), e.getMessage());
    String nested = Ray.get(Ray.task(Jobs::caught, "crash").remote());
    assertTrue(nested.startsWith("WorkerCrashedException"), nested);
    assertEquals(List.of(TaskState.FAILED), below("dies").stream().map(TaskInfo::state).toList());
  }

  @Test
  void tasksAreCancelled() {
    ObjectRef<Long> running = Ray.task(Jobs::sleeps, 600_000L).remote();
    awaitRunning(running);
    Ray.cancel(running);
    assertThrows(TaskCancelledException.class, () -> Ray.get(running));
    ObjectRef<Integer> deaf = Ray.task(Jobs::heeds, 3).remote();
    awaitRunning(deaf);
    Ray.cancel(deaf);
    assertThrows(TaskCancelledException.class, () -> Ray.get(deaf));
    // Nobody has such a thing, so that it waits.
    ObjectRef<Long> waiting =
        Ray.task(Jobs::sleeps, 1L).options(o -> o.resources(Map.of("none_such", 1.0))).remote();
    Ray.cancel(waiting);
    assertThrows(TaskCancelledException.class, () -> Ray.get(waiting));
    ObjectRef<Long> killed = Ray.task(Jobs::sleeps, 600_000L).remote();
    awaitRunning(killed);
    Ray.cancel(killed, true, false);
    assertThrows(TaskCancelledException.class, () -> Ray.get(killed));
  }

  /** Tasks of a function that tasks have submitted. */
  private static List<TaskInfo> below(String function) {
    return session.view().tasks().stream()
        .filter(task -> task.parentTaskId() != null && task.function().equals(function))
        .toList();
  }

  /** The view changes with the session; this waits for no longer than the task takes to begin. */
  private static void awaitRunning(ObjectRef<?> ref) {
    while (session.view().ref(ref).task().orElseThrow().state() != TaskState.RUNNING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whoComesWhileAllIsInUseHasItsSession(RayCluster cluster, @TempDir Path home)
      throws Exception {
    List<ObjectRef<Long>> all =
        Stream.generate(() -> Ray.task(Jobs::sleeps, 600_000L).remote()).limit(2).toList();
    all.forEach(ClusterSessionTest::awaitRunning);
    assertEquals(
        "2.0\n",
        SessionDriver.run(
            CountsCpus.class,
            Map.of("HOME", home.toString()),
            cluster.address(),
            cluster.ray().wheel().jar().toString()));
    all.forEach(Ray::cancel);
    all.forEach(ref -> assertThrows(TaskCancelledException.class, () -> Ray.get(ref)));
  }

  /** Prints how many CPUs the cluster has. */
  static final class CountsCpus {
    private CountsCpus() {}

    public static void main(String[] arguments) {
      try {
        Ray.init(RayCluster.options(arguments[0], Path.of(arguments[1])));
        System.out.println(Ray.clusterResources().get("CPU"));
      } finally {
        Ray.shutdown();
      }
    }
  }

  @Test
  void waitsAndTimesOut() {
    ObjectRef<Long> slow = Ray.task(Jobs::sleeps, 600_000L).remote();
    ObjectRef<Long> quick = Ray.task(Jobs::sleeps, 0L).remote();
    WaitResult<Long> result = Ray.wait(List.of(slow, quick), 1, null);
    assertEquals(List.of(quick), result.ready());
    assertThrows(RayTimeoutException.class, () -> Ray.get(slow, Duration.ofMillis(50)));
    Ray.cancel(slow);
    assertThrows(TaskCancelledException.class, () -> Ray.get(slow));
  }

  @Test
  void whatTasksPrintIsTheSessions() {
    ObjectRef<Integer> said = Ray.task(Jobs::says, "hello").remote();
    assertEquals(5, Ray.get(said));
    List<String> lines =
        session.view().output(_ -> true, 0, 1_000).lines().stream().map(LogLine::text).toList();
    assertTrue(lines.containsAll(List.of("hello", "hello!")), lines.toString());
  }

  @Test
  void optionsAreRays() {
    RuntimeEnv env = RuntimeEnv.create().env("GREETING", "hello");
    assertEquals(
        "hello",
        Ray.get(Ray.task(Jobs::variable, "GREETING").options(o -> o.runtimeEnv(env)).remote()));
    ObjectRef<Integer> named = Ray.task(Jobs::twice, 1).options(o -> o.name("doubling")).remote();
    Ray.get(named);
    TaskInfo task = session.view().ref(named).task().orElseThrow();
    assertEquals("doubling", task.function());
    assertTrue(task.workerPid() > 0, task.toString());
  }

  @Test
  void theClusterIsSeen(RayCluster cluster) {
    assertEquals(2.0, Ray.clusterResources().get("CPU"));
    List<NodeInfo> nodes = Ray.nodes();
    assertEquals(1, nodes.size());
    assertTrue(nodes.getFirst().alive());
    assertEquals(cluster.address(), session.view().cluster().orElseThrow().address());
    assertTrue(session.toString().contains("cluster=" + cluster.address()), session.toString());
    assertTrue(Runtimes.view().orElseThrow().isRunning());
  }

  @Test
  void whatRayLacksIsSaid() {
    RayException stream =
        assertThrows(
            RayException.class, () -> Ray.task(Jobs::stream, 3).remoteStream().next().get());
    assertTrue(stream.getMessage().contains("remoteStream"), stream.getMessage());
    RuntimeEnv env = RuntimeEnv.create().jvmOptions("-Xmx100m");
    RayException options =
        assertThrows(
            RayException.class,
            () -> Ray.get(Ray.task(Jobs::twice, 1).options(o -> o.runtimeEnv(env)).remote()));
    assertTrue(options.getMessage().contains("jvmOptions=[-Xmx100m]"), options.getMessage());
    String free = Ray.get(Ray.task(Jobs::caught, "free").remote());
    assertTrue(free.contains("Ray.free in a task is not supported"), free);
    String nested = Ray.get(Ray.task(Jobs::caught, "stream").remote());
    assertTrue(nested.contains("remoteStream"), nested);
  }
}
