package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.testing.Meeting;
import org.rayshell.testing.NothingLeft;

/** Tasks with several results. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class SeveralResultsTest {
  @BeforeAll
  static void start() {
    Ray.init(RayOptions.create().numCpus(2).includeDashboard(false));
  }

  @AfterAll
  static void end() {
    Ray.shutdown();
  }

  @Remote(numReturns = 2)
  private static int[] divided(int n, int by) {
    return new int[] {n / by, n % by};
  }

  private static List<Integer> upTo(int n) {
    return java.util.stream.IntStream.range(0, n).boxed().toList();
  }

  private static int plus(int a, int b) {
    return a + b;
  }

  private static List<String> meets(int port) {
    return List.of(Meeting.come(port, ""), "second");
  }

  private static int nested() {
    List<ObjectRef<Integer>> parts = Ray.task(SeveralResultsTest::divided, 17, 5).remoteMany();
    return Ray.get(parts).stream().mapToInt(i -> i).sum();
  }

  private static TaskInfo info(ObjectRef<?> ref) {
    return Runtimes.view().orElseThrow().ref(ref).task().orElseThrow();
  }

  @Test
  void eachValueHasARefOfItsOwn() {
    List<ObjectRef<Integer>> refs = Ray.task(SeveralResultsTest::divided, 17, 5).remoteMany();
    assertEquals(List.of(3, 2), Ray.get(refs));
    assertEquals(refs.get(0).id().substring(0, 48), refs.get(1).id().substring(0, 48));
    assertTrue(refs.get(1).id().endsWith("02000000"), refs.get(1).id());
    assertNotEquals(refs.get(0), refs.get(1));
    assertEquals(5, Ray.task(SeveralResultsTest::plus, refs.get(0), refs.get(1)).remote().get());
    for (ObjectRef<Integer> ref : refs) {
      assertEquals(TaskState.FINISHED, info(ref).state());
      assertEquals("divided", info(ref).function());
    }
  }

  @Test
  void listsArraysAndNullsAreTaken() {
    List<ObjectRef<Integer>> refs =
        Ray.task(SeveralResultsTest::upTo, 100).options(o -> o.numReturns(100)).remoteMany();
    assertEquals(upTo(100), Ray.get(refs));
    List<ObjectRef<Object>> mixed =
        Ray.task(() -> new Object[] {"a", null, Map.of("k", 1)})
            .options(o -> o.numReturns(3))
            .remoteMany();
    assertEquals(Arrays.asList("a", null, Map.of("k", 1)), Ray.get(mixed));
    List<ObjectRef<String>> one = Ray.task(() -> List.of("only")).remoteMany();
    assertEquals(List.of("only"), Ray.get(one));
  }

  @Test
  void anotherNumberOfValuesFailsTheTaskAndSaysSo() {
    List<ObjectRef<Integer>> refs =
        Ray.task(SeveralResultsTest::upTo, 2).options(o -> o.numReturns(3)).remoteMany();
    for (ObjectRef<Integer> ref : refs) {
      String message = assertThrows(RayTaskException.class, ref::get).getCause().getMessage();
      assertTrue(message.contains("returned=2, numReturns=3"), message);
    }
    List<ObjectRef<Object>> text =
        Ray.task(() -> "text").options(o -> o.numReturns(2)).remoteMany();
    String message = assertThrows(RayTaskException.class, text.get(1)::get).getCause().getMessage();
    assertTrue(message.contains("it returned a java.lang.String, numReturns=2"), message);
  }

  @Test
  void oneRefOfSeveralIsRefused() {
    TaskCall<int[]> call = Ray.task(SeveralResultsTest::divided, 17, 5);
    String message = assertThrows(IllegalArgumentException.class, call::remote).getMessage();
    assertTrue(message.contains("remoteMany") && message.contains("numReturns=2"), message);
    assertEquals(3, call.options(o -> o.numReturns(1)).remote().get()[0]);
  }

  @Test
  void allComeAnewWhenTheWorkerDies() throws Exception {
    try (Meeting meeting = new Meeting()) {
      List<ObjectRef<String>> refs =
          Ray.task(SeveralResultsTest::meets, meeting.port())
              .options(o -> o.numReturns(2))
              .remoteMany();
      meeting.next().process().destroyForcibly();
      meeting.next().release("first");
      assertEquals(List.of("first", "second"), Ray.get(refs));
      assertEquals(2, info(refs.get(1)).attempt());
    }
  }

  @Test
  void aTaskMayCallForSeveral() {
    assertEquals(5, Ray.task(SeveralResultsTest::nested).remote().get());
  }

  @Test
  void oneCancelEndsAll() throws Exception {
    try (Meeting meeting = new Meeting()) {
      List<ObjectRef<Object>> refs =
          Ray.task(
                  port -> {
                    Meeting.come(port, "");
                    Thread.sleep(100_000);
                    return List.of(1, 2);
                  },
                  meeting.port())
              .options(o -> o.numReturns(2))
              .remoteMany();
      meeting.next().release("");
      Ray.cancel(refs.get(1));
      assertThrows(TaskCancelledException.class, refs.get(0)::get);
      assertThrows(TaskCancelledException.class, refs.get(1)::get);
    }
  }
}
