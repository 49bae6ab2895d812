package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.testing.Meeting;
import org.rayshell.testing.NothingLeft;

/** Ray.wait, futures, and gets of many threads at once. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class WaitTest {
  private Meeting meeting;

  @BeforeAll
  static void start() {
    Ray.init(RayOptions.create().numCpus(2).includeDashboard(false));
  }

  @AfterAll
  static void end() {
    Ray.shutdown();
  }

  @BeforeEach
  void open() throws IOException {
    meeting = new Meeting();
  }

  @AfterEach
  void close() throws IOException {
    meeting.close();
  }

  private static int fails(int n) {
    return 1 / (n - n);
  }

  /** Gets children from as many virtual threads, while this thread waits for those. */
  private static int getsFromMany(int threads) throws Exception {
    ObjectRef<Integer> child = Ray.task(Math::abs, -1).remote();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> futures =
          IntStream.range(0, threads)
              .mapToObj(
                  n -> executor.submit(() -> child.get() + Ray.task(Math::abs, -n).remote().get()))
              .toList();
      int sum = 0;
      for (Future<Integer> each : futures) {
        sum += each.get();
      }
      return sum;
    }
  }

  /** Leaves a thread behind that waits for what comes later. */
  private static boolean leavesAWaiter(List<ObjectRef<String>> refs) throws InterruptedException {
    Thread.ofPlatform().daemon().start(() -> refs.getFirst().get());
    return true;
  }

  private static List<Boolean> looks(List<ObjectRef<String>> refs) {
    WaitResult<String> remote = Ray.wait(refs, 1, null, false);
    WaitResult<String> local = Ray.wait(refs, 1, null, true);
    return List.of(remote.ready().isEmpty(), local.ready().isEmpty());
  }

  @Test
  void theOrderStaysAndNoMoreThanAskedForAreReady() throws Exception {
    ObjectRef<String> open = Ray.task(Meeting::come, meeting.port(), "").remote();
    Meeting.Guest guest = meeting.next();
    ObjectRef<String> a = Ray.put("a");
    ObjectRef<String> b = Ray.put("b");
    ObjectRef<String> c = Ray.put("c");
    List<ObjectRef<String>> refs = List.of(c, open, a, b);
    assertEquals(new WaitResult<>(List.of(c), List.of(open, a, b)), Ray.wait(refs));
    assertEquals(new WaitResult<>(List.of(c, a), List.of(open, b)), Ray.wait(refs, 2));
    assertEquals(
        new WaitResult<>(List.of(c, a, b), List.of(open)), Ray.wait(refs, 4, Duration.ZERO));
    guest.release("open");
    assertEquals(new WaitResult<>(refs, List.of()), Ray.wait(refs, 4));
  }

  private static long[] numbers(int count) {
    return new long[count];
  }

  @Test
  void whoWaitsForManyOneByOneGetsEachOnce() {
    // Some are small and sent, some are kept where they were made.
    List<ObjectRef<long[]>> all =
        IntStream.range(0, 300)
            .mapToObj(n -> Ray.task(WaitTest::numbers, n % 50 == 0 ? 200_000 + n : n).remote())
            .toList();
    List<ObjectRef<long[]>> left = all;
    List<Integer> lengths = new ArrayList<>();
    while (!left.isEmpty()) {
      WaitResult<long[]> result = Ray.wait(left, Math.min(left.size(), lengths.size() % 7 + 1));
      List<ObjectRef<long[]>> both = new ArrayList<>(result.ready());
      both.addAll(result.unready());
      assertEquals(Set.copyOf(left), Set.copyOf(both));
      assertEquals(left.size(), both.size());
      assertEquals(left.stream().filter(result.unready()::contains).toList(), result.unready());
      result.ready().forEach(each -> lengths.add(each.get().length));
      left = result.unready();
    }
    assertEquals(
        IntStream.range(0, 300).mapToObj(n -> n % 50 == 0 ? 200_000 + n : n).sorted().toList(),
        lengths.stream().sorted().toList());
  }

  @Test
  void thoseLeftAreWaitedForWithATimeoutAndAnInterruptLikeAnyOthers() throws Exception {
    ObjectRef<String> first = Ray.task(Meeting::come, meeting.port(), "first").remote();
    Meeting.Guest one = meeting.next();
    ObjectRef<String> second = Ray.task(Meeting::come, meeting.port(), "second").remote();
    Meeting.Guest two = meeting.next();
    List<ObjectRef<String>> left = Ray.wait(List.of(Ray.put("a"), first, second)).unready();
    WaitResult<String> nothing = Ray.wait(left, 1, Duration.ofMillis(20));
    assertEquals(new WaitResult<>(List.of(), left), nothing);
    assertEquals(nothing, Ray.wait(nothing.unready(), 1, Duration.ZERO));
    Thread.currentThread().interrupt();
    String message =
        assertThrows(RayException.class, () -> Ray.wait(nothing.unready())).getMessage();
    assertTrue(Thread.interrupted() && message.contains("missing=1"), message);
    two.release("2");
    WaitResult<String> found = Ray.wait(nothing.unready());
    assertEquals(new WaitResult<>(List.of(second), List.of(first)), found);
    CompletableFuture<WaitResult<String>> waits =
        CompletableFuture.supplyAsync(() -> Ray.wait(found.unready()));
    one.release("1");
    assertEquals(new WaitResult<>(List.of(first), List.of()), waits.get());
  }

  @Test
  void whatFailedIsReady() {
    ObjectRef<Integer> failed = Ray.task(WaitTest::fails, 1).remote();
    assertEquals(List.of(failed), Ray.wait(List.of(failed)).ready());
    assertThrows(RayTaskException.class, failed::get);
  }

  @Test
  void badCallsAreRefusedByName() {
    ObjectRef<String> a = Ray.put("a");
    List<ObjectRef<String>> one = List.of(a);
    Class<IllegalArgumentException> bad = IllegalArgumentException.class;
    String twice = assertThrows(bad, () -> Ray.wait(List.of(a, a))).getMessage();
    assertTrue(twice.contains("given twice") && twice.contains(a.id()), twice);
    assertTrue(assertThrows(bad, () -> Ray.wait(one, 2)).getMessage().contains("numReturns=2"));
    assertTrue(assertThrows(bad, () -> Ray.wait(one, 0)).getMessage().contains("numReturns=0"));
    Duration before = Duration.ofMillis(-1);
    List<ObjectRef<String>> left = Ray.wait(List.of(a, Ray.put("b"))).unready();
    assertThrows(bad, () -> Ray.wait(left, 1, before));
    assertTrue(
        assertThrows(bad, () -> Ray.wait(one, 1, before))
            .getMessage()
            .contains("timeout=PT-0.001"));
    assertEquals(new WaitResult<>(List.of(), List.of()), Ray.wait(List.of()));
  }

  @Test
  void aBorrowerWaitsForTheOwnersObject() throws Exception {
    ObjectRef<String> open = Ray.task(Meeting::come, meeting.port(), "").remote();
    Meeting.Guest guest = meeting.next();
    ObjectRef<List<Boolean>> looks = Ray.task(WaitTest::looks, List.of(open)).remote();
    assertTrue(Ray.wait(List.of(looks), 1, Duration.ofMillis(50)).ready().isEmpty());
    guest.release("there");
    assertEquals(List.of(false, false), looks.get());
  }

  @Test
  void aFuturesFailureIsTheExceptionItself() {
    CompletableFuture<Integer> future = Ray.task(WaitTest::fails, 1).remote().toFuture();
    AtomicReference<Throwable> seen = new AtomicReference<>();
    assertEquals(
        -1,
        future
            .exceptionally(e -> {
              seen.set(e);
              return -1;
            })
            .join());
    assertInstanceOf(RayTaskException.class, seen.get());
    assertInstanceOf(ArithmeticException.class, seen.get().getCause());
    CompletionException joined = assertThrows(CompletionException.class, future::join);
    assertSame(seen.get(), joined.getCause());
  }

  @Test
  void cancellingAFutureLeavesTheTask() throws Exception {
    ObjectRef<String> ref = Ray.task(Meeting::come, meeting.port(), "").remote();
    Meeting.Guest guest = meeting.next();
    CompletableFuture<String> future = ref.toFuture();
    assertTrue(future.cancel(true));
    guest.release("went on");
    assertEquals("went on", ref.get());
    assertTrue(future.isCancelled());
    CompletableFuture<String> cancelled = Ray.task(Meeting::come, 0, "").remote().toFuture();
    assertThrows(CompletionException.class, cancelled::join);
  }

  @Test
  void manyFuturesEndOffTheLoop() {
    List<CompletableFuture<String>> futures =
        IntStream.range(0, 1000)
            .mapToObj(n -> Ray.task(Math::abs, -n).remote().toFuture())
            // A get in the middle: it would wait for ever on the loop.
            .map(future ->
                future.thenApply(n -> Thread.currentThread().getName() + Ray.put(n).get()))
            .toList();
    for (int n = 0; n < futures.size(); n++) {
      String said = futures.get(n).join();
      assertTrue(said.endsWith("" + n), said);
      assertFalse(said.startsWith("rayshell-io"), said);
    }
  }

  @Test
  void aThousandVirtualThreadsGet() throws Exception {
    ObjectRef<String> open = Ray.task(Meeting::come, meeting.port(), "").remote();
    Meeting.Guest guest = meeting.next();
    List<ObjectRef<Integer>> refs =
        IntStream.range(0, 1000).mapToObj(n -> Ray.task(Math::abs, -n).remote()).toList();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> got =
          IntStream.range(0, 1000)
              .mapToObj(n -> executor.submit(() -> refs.get(n).get() + " " + open.get()))
              .toList();
      // They all wait, and hold no carrier while they do.
      assertEquals("free", executor.submit(() -> "free").get());
      guest.release("opened");
      for (int n = 0; n < 1000; n++) {
        assertEquals(n + " opened", got.get(n).get());
      }
    }
  }

  @Test
  void aThousandVirtualThreadsOfATaskGet() {
    assertEquals(1000 + 999 * 500, Ray.task(WaitTest::getsFromMany, 1000).remote().get());
    // The CPUs that they lent are back.
    assertEquals(2, Ray.get(List.of(one(), one())).size());
  }

  private static ObjectRef<Integer> one() {
    return Ray.task(Math::abs, -1).remote();
  }

  @Test
  void whatATaskLeavesWaitingIsNotTheNextTasksBusiness() throws Exception {
    ObjectRef<String> open =
        Ray.task(Meeting::come, meeting.port(), "").options(o -> o.numCpus(0)).remote();
    Meeting.Guest guest = meeting.next();
    for (int i = 0; i < 2; i++) {
      assertTrue(Ray.task(WaitTest::leavesAWaiter, List.of(open)).remote().get());
    }
    // The waiters go on in the middle of these, which then wait themselves and lend their CPUs.
    ObjectRef<Integer> parent = Ray.task(WaitTest::nested, meeting.port(), 4).remote();
    ObjectRef<Integer> second = Ray.task(WaitTest::nested, meeting.port(), 4).remote();
    Meeting.Guest one = meeting.next();
    Meeting.Guest two = meeting.next();
    guest.release("");
    one.release("");
    two.release("");
    assertEquals(List.of(4, 4), Ray.get(List.of(parent, second)));
  }

  private static int nested(int port, int levels) {
    if (port != 0) {
      Meeting.come(port, "");
    }
    return levels == 0 ? 0 : 1 + Ray.task(WaitTest::nested, 0, levels - 1).remote().get();
  }
}
