package org.rayshell.rayapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import io.ray.api.WaitResult;
import io.ray.api.exception.RayException;
import io.ray.api.exception.RayTaskException;
import io.ray.api.exception.RayTimeoutException;
import io.ray.api.exception.RayWorkerException;
import io.ray.api.exception.UnreconstructableException;
import io.ray.api.id.JobId;
import io.ray.api.id.TaskId;
import io.ray.api.options.PlacementGroupCreationOptions;
import io.ray.api.placementgroup.PlacementStrategy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs as Ray's documentation has them for Java, on RayShell's runtime. */
@Timeout(60)
class RayJavaProgramTest {
  @BeforeAll
  static void start() {
    org.rayshell.Ray.init(
        org.rayshell.RayOptions.create()
            .numCpus(2)
            .resources(Map.of("slot", 1.0))
            .includeDashboard(false));
    Ray.init();
  }

  @AfterAll
  static void stop() {
    Ray.shutdown();
    assertFalse(Ray.isInitialized());
    assertTrue(org.rayshell.Ray.isInitialized(), "the session was not begun by Ray Java's init");
    org.rayshell.Ray.shutdown();
  }

  @Test
  void callsFunctionsWithAnyNumberOfArguments() {
    assertEquals(1, Ray.task(Jobs::one).remote().get());
    assertEquals(49, Ray.task(Jobs::square, 7).remote().get());
    assertEquals(9, Ray.get(Ray.task(Jobs::sum, 4, 5).remote()));
    assertEquals(
        "a12" + 3.0 + "true[7]",
        Ray.task(Jobs::sixOf, "a", 1, 2L, 3.0, true, List.of(7)).remote().get());
  }

  @Test
  void callsLambdasWithWhatTheyCapture() {
    int captured = 40;
    Map<String, Integer> map = new HashMap<>(Map.of("two", 2));
    assertEquals(42, Ray.task(() -> captured + map.get("two")).remote().get());
    assertEquals(43, Ray.task((Integer n) -> captured + n, 3).remote().get());
  }

  @Test
  void callsWhatReturnsNothing() {
    Ray.task(Jobs::works).remote();
    Ray.task(() -> Jobs.works()).setName("nothing").remote();
  }

  @Test
  void refsAsArgumentsAreTheirValuesInTheTask() {
    ObjectRef<Integer> three = Ray.put(3);
    ObjectRef<Integer> nine = Ray.task(Jobs::square, three).remote();
    assertEquals(12, Ray.task(Jobs::sum, nine, three).remote().get());
    assertEquals(10, Ray.task(Jobs::sum, nine, 1).remote().get());
  }

  @Test
  void refsInsideValuesStayRefs() {
    List<ObjectRef<Integer>> refs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      refs.add(Ray.task(Jobs::square, i).remote());
    }
    assertEquals(14, Ray.task(Jobs::sumOf, refs).remote().get());
    assertEquals(5, Ray.task(Jobs::refOf, 5).remote().get().get());
  }

  @Test
  void tasksSubmitTasks() {
    assertEquals(55, Ray.task(Jobs::sumOfSquares, 5).remote().get());
  }

  @Test
  void putsAndGetsRecordsAndLists() {
    Jobs.Point point = new Jobs.Point(1, List.of("a", "b"));
    assertEquals(point, Ray.get(Ray.put(point)));
    assertEquals(new Jobs.Point(2, point.names()), Ray.task(Jobs::moved, point).remote().get());
    List<ObjectRef<Integer>> refs = List.of(Ray.put(1), Ray.put(2));
    assertEquals(List.of(1, 2), Ray.get(refs));
  }

  @Test
  void waitsForSomeOfThem() {
    ObjectRef<Integer> quick = Ray.put(1);
    ObjectRef<Integer> slow = Ray.task(Jobs::never).remote();
    WaitResult<Integer> result = Ray.wait(List.of(slow, quick), 1, 30_000);
    assertEquals(List.of(quick), result.getReady());
    assertEquals(List.of(slow), result.getUnready());
    assertEquals(List.of(), Ray.wait(List.<ObjectRef<Integer>>of()).getReady());
    org.rayshell.Ray.cancel(BoundRef.of(slow));
  }

  @Test
  void aGetThatTakesTooLongSaysSo() {
    ObjectRef<Integer> slow = Ray.task(Jobs::never).remote();
    assertThrows(RayTimeoutException.class, () -> Ray.get(slow, 20));
    assertThrows(RayTimeoutException.class, () -> slow.get(20));
    org.rayshell.Ray.cancel(BoundRef.of(slow));
  }

  @Test
  void whatATaskThrowsIsTheCause() {
    ObjectRef<Integer> failed = Ray.task(Jobs::fails, "on purpose").remote();
    RayTaskException thrown = assertThrows(RayTaskException.class, failed::get);
    assertInstanceOf(IllegalStateException.class, thrown.getCause());
    assertEquals("on purpose", thrown.getCause().getMessage());
    assertTrue(thrown.getMessage().contains("Jobs.fails failed on worker"), thrown.getMessage());
    ObjectRef<Integer> after = Ray.task(Jobs::square, failed).remote();
    assertThrows(RayTaskException.class, after::get);
  }

  @Test
  void aWorkerThatDiesIsAWorkersException() {
    ObjectRef<Integer> dead = Ray.task(Jobs::dies).remote();
    assertThrows(RayWorkerException.class, dead::get);
    assertEquals(4, Ray.task(Jobs::square, 2).remote().get(), "others go on");
  }

  @Test
  void whatIsFreedIsLost() {
    ObjectRef<String> ref = Ray.put("gone");
    Ray.internal().free(List.of(ref), false);
    assertThrows(UnreconstructableException.class, ref::get);
  }

  @Test
  void idsHaveRaysForm() {
    ObjectRef<Integer> ref = Ray.put(1);
    assertTrue(ref.toString().matches("ObjectRef\\([0-9a-f]{56}\\)"), ref::toString);
    assertEquals(ref.toString(), "ObjectRef(" + ((BoundRef<Integer>) ref).getId() + ")");
    ObjectRef<String> where = Ray.task(Jobs::whereAmI).remote();
    String task = ((BoundRef<String>) where).getId().toString().substring(0, 48);
    assertEquals(task + " 01000000", where.get());
  }

  @Test
  void theContextKnowsTheMachine() {
    assertEquals(TaskId.NIL, Ray.getRuntimeContext().getCurrentTaskId());
    assertEquals(JobId.fromInt(1), Ray.getRuntimeContext().getCurrentJobId());
    assertEquals(1, Ray.getRuntimeContext().getAllNodeInfo().size());
    assertEquals(2.0, Ray.getRuntimeContext().getAllNodeInfo().getFirst().resources.get("CPU"));
    assertNotEquals("", Ray.getRuntimeContext().getCurrentNodeId().toString());
  }

  @Test
  void optionsHold() {
    assertEquals(
        1,
        Ray.task(Jobs::one)
            .setName("named")
            .setResource("CPU", 2.0)
            .setResource("slot", 1.0)
            .remote()
            .get());
    ObjectRef<Integer> never = Ray.task(Jobs::one).setResource("gpu", 1.0).remote();
    RayException refused = assertThrows(RayException.class, never::get);
    assertTrue(refused.getMessage().contains("gpu"), refused.getMessage());
  }

  @Test
  void whatCannotBeShippedIsNamed() {
    Thread culprit = Thread.currentThread();
    RayException refused =
        assertThrows(RayException.class, () -> Ray.task(() -> culprit.getName()).remote());
    assertTrue(refused.getMessage().contains("Thread"), refused.getMessage());
  }

  @Test
  void whatThereIsNotFailsByName() {
    assertUnsupported("an actor", () -> Ray.actor(StringBuilder::new).remote());
    assertUnsupported("an actor", () -> Ray.getActor("any"));
    assertUnsupported(
        "a placement group",
        () ->
            io.ray.api.PlacementGroups.createPlacementGroup(
                new PlacementGroupCreationOptions.Builder()
                    .setBundles(List.of(Map.of("CPU", 1.0)))
                    .setStrategy(PlacementStrategy.SPREAD)
                    .build()));
    assertUnsupported(
        "Python",
        () -> Ray.task(io.ray.api.function.PyFunction.of("m", "f", Integer.class)).remote());
    assertUnsupported(
        "a runtime environment", () -> new io.ray.api.runtimeenv.RuntimeEnv.Builder().build());
  }

  private static void assertUnsupported(
      String name, org.junit.jupiter.api.function.Executable use) {
    UnsupportedOperationException thrown = assertThrows(UnsupportedOperationException.class, use);
    assertTrue(
        thrown.getMessage().startsWith(name) || thrown.getMessage().contains(name),
        thrown.getMessage());
  }

  @Test
  void aProgramForAClusterIsTold() {
    System.setProperty("ray.address", "10.0.0.1:6379");
    try {
      assertUnsupported("-Dray.address=10.0.0.1:6379", BoundRuntime::start);
    } finally {
      System.clearProperty("ray.address");
    }
  }
}
