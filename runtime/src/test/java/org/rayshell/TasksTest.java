package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.runtime.DriverHooks;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.code.CodeSource;
import org.rayshell.testing.Meeting;
import org.rayshell.testing.NothingLeft;

/** What a plain program does with tasks and refs, on real workers. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class TasksTest {
  private static final Duration SOON = Duration.ofMillis(50);
  private static final List<String> PRINTED = Collections.synchronizedList(new ArrayList<>());

  @BeforeAll
  static void start() {
    Runtimes.install(
        new DriverHooks() {
          @Override
          public CodeSource codeSource() {
            return null;
          }

          @Override
          public String currentCell() {
            return null;
          }

          @Override
          public void taskOutput(TaskOutput output) {
            PRINTED.add(
                output.function() + " " + (output.stderr() ? "err" : "out") + " " + output.line());
          }
        });
    Ray.init(RayOptions.create().numCpus(2).resources(Map.of("gpu", 1.0)).includeDashboard(false));
  }

  @AfterAll
  static void end() {
    Ray.shutdown();
    Runtimes.install(DriverHooks.NONE);
  }

  private static String meets(int port) {
    return Meeting.come(port, "");
  }

  private static int prints(int n) {
    for (int i = 0; i < n; i++) {
      System.out.println("line " + i);
    }
    System.err.print("no end");
    return n;
  }

  private static int fails(String how) throws Exception {
    throw switch (how) {
      case "plain" -> new ArithmeticException("plain");
      case "checked" -> new java.io.IOException("checked", new IllegalStateException("below"));
      case "fields" -> new WithFields("fields", 42);
      case "open" -> new WithThread("open");
      case "anonymous" ->
          new IllegalStateException("anonymous") {
            private static final long serialVersionUID = 1L;

            @SuppressWarnings({"serial", "unused"})
            final Object thread = Thread.currentThread();
          };
      case "hostile" -> new Hostile();
      case "error" -> throw new AssertionError("error");
      default -> new IllegalArgumentException(how);
    };
  }

  static final class WithFields extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final int code;

    WithFields(String message, int code) {
      super(message);
      this.code = code;
    }
  }

  static final class WithThread extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    final Object thread = Thread.currentThread();

    WithThread(String message) {
      super(message);
    }
  }

  /** Fails whatever is asked of it. */
  static final class Hostile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new StackOverflowError();
    }

    @Override
    public String toString() {
      throw new IllegalStateException();
    }

    @Override
    public synchronized Throwable getCause() {
      throw new AssertionError();
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new IllegalStateException();
    }
  }

  private static Throwable cause(String how) {
    ObjectRef<Integer> ref = Ray.task(TasksTest::fails, how).remote();
    return assertThrows(RayTaskException.class, ref::get).getCause();
  }

  @Test
  void aNullRefIsNamed() {
    ObjectRef<Integer> none = null;
    for (var call :
        List.<Runnable>of(
            () -> Ray.get(none),
            () -> Ray.get(none, SOON),
            () -> Ray.get(Collections.singletonList(none)),
            () -> Ray.wait(Collections.singletonList(none), 1, SOON))) {
      String message = assertThrows(NullPointerException.class, call::run).getMessage();
      assertTrue(message.contains("null: was it assigned?"), message);
    }
  }

  @Test
  void aTasksExceptionIsTheCause() {
    ObjectRef<Integer> ref = Ray.task(TasksTest::fails, "plain").remote();
    RayTaskException thrown = assertThrows(RayTaskException.class, ref::get);
    assertInstanceOf(ArithmeticException.class, thrown.getCause());
    assertEquals("plain", thrown.getCause().getMessage());
    assertTrue(
        thrown.getMessage().matches("fails failed on worker \\d+: ArithmeticException: plain"),
        thrown.getMessage());
    assertEquals("fails", thrown.getCause().getStackTrace()[0].getMethodName());
    // Each get throws one of its own: nobody shares a stack trace.
    assertNotEquals(thrown, assertThrows(RayTaskException.class, ref::get));
  }

  @Test
  void exceptionsOfAnyKindArrive() {
    Throwable checked = cause("checked");
    assertInstanceOf(java.io.IOException.class, checked);
    assertEquals(
        "below", assertInstanceOf(IllegalStateException.class, checked.getCause()).getMessage());
    assertEquals(42, assertInstanceOf(WithFields.class, cause("fields")).code);
    assertEquals("error", assertInstanceOf(AssertionError.class, cause("error")).getMessage());
  }

  @Test
  void anExceptionThatCannotTravelIsDescribed() {
    Throwable standIn = cause("open");
    assertEquals("org.rayshell.TasksTest$WithThread: open", standIn.toString());
    assertEquals("fails", standIn.getStackTrace()[0].getMethodName());
    assertEquals("java.lang.IllegalStateException: anonymous", cause("anonymous").toString());
  }

  @Test
  void anExceptionThatFailsWhenAskedDoesNotTakeTheWorkerAlong() {
    long worker = Ray.task(() -> ProcessHandle.current().pid()).remote().get();
    ObjectRef<Integer> ref = Ray.task(TasksTest::fails, "hostile").remote();
    RayTaskException thrown = assertThrows(RayTaskException.class, ref::get);
    assertTrue(thrown.getMessage().contains("Hostile"), thrown.getMessage());
    assertTrue(ProcessHandle.of(worker).orElseThrow().isAlive());
    assertEquals(1, Runtimes.view().orElseThrow().ref(ref).task().orElseThrow().attempt());
  }

  @Test
  void aFailedArgumentFailsTheTasksThatWantIt() {
    ObjectRef<Integer> bad = Ray.task(TasksTest::fails, "plain").remote();
    ObjectRef<Integer> after = Ray.task(Math::abs, bad).remote();
    RayTaskException thrown = assertThrows(RayTaskException.class, after::get);
    assertInstanceOf(ArithmeticException.class, thrown.getCause());
  }

  @Test
  void outputIsThereBeforeTheResult() {
    int before = PRINTED.size();
    assertEquals(200, Ray.task(TasksTest::prints, 200).options(o -> o.name("p")).remote().get());
    List<String> lines =
        PRINTED.subList(before, PRINTED.size()).stream().filter(l -> l.startsWith("p ")).toList();
    assertEquals(
        IntStream.range(0, 200).mapToObj(i -> "p out line " + i).toList(),
        lines.stream().filter(l -> l.startsWith("p out")).toList());
    assertEquals(List.of("p err no end"), lines.stream().filter(l -> l.contains("err")).toList());
  }

  @Test
  void getWithATimeoutSaysHowManyAreMissing() throws Exception {
    try (Meeting meeting = new Meeting()) {
      ObjectRef<String> slow = Ray.task(TasksTest::meets, meeting.port()).remote();
      ObjectRef<String> quick = Ray.put("here");
      String message =
          assertThrows(RayTimeoutException.class, () -> Ray.get(List.of(slow, quick), SOON))
              .getMessage();
      assertTrue(message.startsWith("Ray.get: 1 of 2 not ready after 0.05 s ("), message);
      assertThrows(RayTimeoutException.class, () -> slow.get(Duration.ZERO));
      assertThrows(RayTimeoutException.class, () -> slow.get(Duration.ofSeconds(-1)));
      meeting.next().release("done");
      assertEquals(
          List.of("done", "here"),
          Ray.get(List.of(slow, quick), Duration.ofDays(365_000_000_000L)));
    }
  }

  @Test
  void aFailureEndsTheWaitForTheOthers() throws Exception {
    try (Meeting meeting = new Meeting()) {
      ObjectRef<String> slow = Ray.task(TasksTest::meets, meeting.port()).remote();
      ObjectRef<String> bad =
          Ray.task(() -> Integer.toString(fails("plain"))).options(o -> o.numCpus(0)).remote();
      assertThrows(RayTaskException.class, () -> Ray.get(List.of(slow, bad)));
      meeting.next().release("");
      slow.get();
    }
  }

  @Test
  void waitTellsWhatIsReadyInTheOrderGiven() throws Exception {
    try (Meeting meeting = new Meeting()) {
      ObjectRef<String> slow = Ray.task(TasksTest::meets, meeting.port()).remote();
      Meeting.Guest guest = meeting.next();
      ObjectRef<String> first = Ray.put("a");
      ObjectRef<String> failed = Ray.task(() -> "" + fails("plain")).remote();
      ObjectRef<String> last = Ray.put("c");
      List<ObjectRef<String>> refs = List.of(slow, last, failed, first);

      WaitResult<String> three = Ray.wait(refs, 3, null);
      assertEquals(List.of(last, failed, first), three.ready());
      assertEquals(List.of(slow), three.unready());
      // No more than were asked for, as in Ray.
      assertEquals(List.of(last), Ray.wait(refs, 1).ready());
      assertEquals(List.of(slow, failed, first), Ray.wait(refs, 1, null).unready());
      assertEquals(List.of(last, failed, first), Ray.wait(refs, 4, SOON).ready());
      assertEquals(List.of(), Ray.wait(List.of(slow), 1, Duration.ZERO).ready());

      guest.release("b");
      assertEquals(refs, Ray.wait(refs, 4, null).ready());
      assertThrows(IllegalArgumentException.class, () -> Ray.wait(refs, 5, null));
      assertThrows(IllegalArgumentException.class, () -> Ray.wait(refs, 0, null));
      assertThrows(IllegalArgumentException.class, () -> Ray.wait(List.of(slow, slow), 1, null));
      assertThrows(
          NullPointerException.class, () -> Ray.wait(Collections.singletonList(null), 1, null));
    }
  }

  @Test
  void whatIsPutIsACopy() {
    List<String> list = new ArrayList<>(List.of("a"));
    ObjectRef<List<String>> ref = Ray.put(list);
    list.add("b");
    assertEquals(List.of("a"), ref.get());
    ref.get().add("c");
    assertEquals(List.of("a"), ref.get());
    assertEquals(1, Ray.task(l -> l.size(), ref).remote().get());
    assertNull(Ray.put(null).get());
    assertThrows(IllegalArgumentException.class, () -> Ray.put(ref));
    assertThrows(RayException.class, () -> Ray.put(Thread.currentThread()));
  }

  @Test
  void refsTravelInsideValuesAsRefsAndAsArgumentsAsValues() {
    ObjectRef<Integer> three = Ray.put(3);
    ObjectRef<Integer> four = Ray.task(Math::abs, -4).remote();
    assertEquals(7, Ray.task(Integer::sum, three, four).remote().get());
    assertEquals(
        7,
        Ray.task(refs -> Ray.get(refs).stream().mapToInt(i -> i).sum(), List.of(three, four))
            .remote()
            .get());
    Map<String, ObjectRef<Integer>> map = Map.of("x", three);
    assertEquals(3, Ray.task(m -> m.get("x").get(), map).remote().get());
    // What comes back is the same ref, and a task's own ref outlives the task.
    List<ObjectRef<Integer>> back = Ray.task(refs -> refs, List.of(three, four)).remote().get();
    assertEquals(List.of(three, four), back);
    assertEquals(List.of(3, 4), Ray.get(back));
    List<ObjectRef<Integer>> made =
        Ray.task(() -> List.of(Ray.put(5), Ray.task(Math::abs, -6).remote())).remote().get();
    assertEquals(List.of(5, 6), Ray.get(made));
    assertEquals(11, Ray.task(Integer::sum, made.get(0), made.get(1)).remote().get());
  }

  @Test
  void futuresEndAsGetWould() throws Exception {
    assertEquals(4, Ray.task(Math::abs, -4).remote().toFuture().get());
    assertEquals(5, Ray.put(5).toFuture().join());
    Throwable failed =
        assertThrows(
                ExecutionException.class,
                () -> Ray.task(TasksTest::fails, "plain").remote().toFuture().get())
            .getCause();
    assertInstanceOf(RayTaskException.class, failed);
    assertThrows(
        CompletionException.class,
        () -> Ray.task(TasksTest::fails, "plain").remote().toFuture().join());
  }

  @Test
  void manyThreadsSubmitAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Integer>> sums = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int from = thread * 1000;
        sums.add(
            threads.submit(() -> {
              List<ObjectRef<Integer>> refs =
                  IntStream.range(from, from + 250)
                      .mapToObj(n -> Ray.task(Math::abs, -n).remote())
                      .toList();
              return Ray.get(refs).stream().mapToInt(i -> i).sum();
            }));
      }
      for (int thread = 0; thread < 8; thread++) {
        int from = thread * 1000;
        assertEquals(IntStream.range(from, from + 250).sum(), sums.get(thread).get());
      }
    }
  }

  @Test
  void anInterruptEndsTheWaitAndNotTheTask() throws Exception {
    try (Meeting meeting = new Meeting()) {
      ObjectRef<String> ref = Ray.task(TasksTest::meets, meeting.port()).remote();
      Meeting.Guest guest = meeting.next();
      AtomicReference<Object> seen = new AtomicReference<>();
      CountDownLatch begins = new CountDownLatch(1);
      Thread getter =
          Thread.ofPlatform()
              .start(() -> {
                begins.countDown();
                try {
                  ref.get();
                } catch (RayException e) {
                  seen.set(e.getMessage() + " " + Thread.currentThread().isInterrupted());
                }
              });
      begins.await();
      getter.interrupt();
      getter.join();
      assertEquals(
          "interrupted while waiting for objects; the tasks go on: missing=1 true", seen.get());
      guest.release("went on");
      assertEquals("went on", ref.get());
    }
  }

  @Test
  void resourcesAreHeldWhileATaskRuns() throws Exception {
    try (Meeting meeting = new Meeting()) {
      ObjectRef<String> ref =
          Ray.task(TasksTest::meets, meeting.port())
              .options(o -> o.numCpus(0.5).resources(Map.of("gpu", 1.0)))
              .remote();
      Meeting.Guest guest = meeting.next();
      assertEquals(1.5, Ray.availableResources().get("CPU"));
      assertEquals(0.0, Ray.availableResources().get("gpu"));
      ObjectRef<Integer> second =
          Ray.task(Math::abs, -1).options(o -> o.resources(Map.of("gpu", 0.5))).remote();
      assertFalse(Ray.wait(List.of(second), 1, SOON).ready().contains(second));
      guest.release("");
      assertEquals(1, second.get());
      ref.get();
      String message =
          assertThrows(
                  RayException.class,
                  () -> Ray.task(Math::abs, -1).options(o -> o.numCpus(64)).remote().get())
              .getMessage();
      assertTrue(message.contains("CPU=64 of 2"), message);
    }
  }

  @Test
  void aTaskMayNotEndTheSessionOfItsCaller() {
    ObjectRef<Void> ref = Ray.task(() -> Ray.shutdown()).remote();
    assertTrue(
        assertThrows(RayTaskException.class, ref::get)
            .getCause()
            .getMessage()
            .contains("Ray.shutdown cannot be called in a task"));
    assertEquals(2.0, Ray.task(() -> Ray.clusterResources().get("CPU")).remote().get());
  }
}
