package org.rayshell.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.ObjectLostException;
import org.rayshell.ObjectRef;
import org.rayshell.OwnerDiedException;
import org.rayshell.Ray;
import org.rayshell.RayOptions;
import org.rayshell.testing.Meeting;
import org.rayshell.testing.NothingLeft;

/** Objects live as long as any process has a ref of them, and no longer; with real workers. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class RefCountingTest {
  /** A worker's memory of what tasks were given. */
  private static final List<Object> REMEMBERED = new ArrayList<>();

  /** The first result of a task is a ref of the driver's object, the second of the worker's own. */
  record Pair(ObjectRef<String> given, ObjectRef<String> own) {}

  @BeforeEach
  void start() {
    // One worker, so that a task finds what the last one remembered.
    Ray.init(RayOptions.create().numCpus(1).includeDashboard(false));
  }

  @AfterEach
  void stop() {
    Ray.shutdown();
  }

  private static int remember(Object value) {
    REMEMBERED.add(value);
    return RefCounts.borrowed();
  }

  @SuppressWarnings("unchecked")
  private static String getRemembered() {
    return ((List<ObjectRef<String>>) REMEMBERED.getFirst()).getFirst().get();
  }

  private static int forget() {
    REMEMBERED.clear();
    RefCounts.awaitNoneBorrowed();
    return RefCounts.borrowed();
  }

  private static void rememberPut(String value) {
    int borrowed = Ray.task(RefCountingTest::remember, List.of(Ray.put(value))).remote().get();
    assertEquals(1, borrowed);
  }

  @Test
  void whatAWorkerRemembersIsKeptForIt() {
    rememberPut("kept");
    System.gc();
    assertEquals(1, RefCounts.lent());
    assertEquals("kept", Ray.task(RefCountingTest::getRemembered).remote().get());
    assertEquals(0, Ray.task(RefCountingTest::forget).remote().get());
    RefCounts.awaitNoneLent();
  }

  @Test
  void anIdleWorkerLooksForRefsThatItHasNoUseFor() {
    List<ObjectRef<String>> refs = List.of(Ray.put("a"), Ray.put("b"));
    assertEquals(2, Ray.task(RefCountingTest::count, refs).remote().get());
    // The worker is not asked to: it does so by itself when it has been idle.
    while (RefCounts.lent() > 0) {
      Thread.onSpinWait();
    }
    assertEquals("a", refs.getFirst().get());
  }

  private static int count(List<ObjectRef<String>> refs) {
    return refs.size();
  }

  private static Pair both(List<ObjectRef<String>> given) {
    return new Pair(given.getFirst(), Ray.put("the worker's"));
  }

  private static int lentAfterGc() {
    System.gc();
    return RefCounts.lent();
  }

  private static int lentAtLast() {
    RefCounts.awaitNoneLent();
    return RefCounts.lent();
  }

  private static void usePair() {
    Pair pair = Ray.task(RefCountingTest::both, List.of(Ray.put("the driver's"))).remote().get();
    System.gc();
    assertEquals("the driver's", pair.given().get());
    assertEquals("the worker's", pair.own().get());
    assertEquals(1, Ray.task(RefCountingTest::lentAfterGc).remote().get());
    java.lang.ref.Reference.reachabilityFence(pair);
  }

  @Test
  void aWorkersObjectGoesWhenTheDriverHasNoRefOfItAnyMore() {
    usePair();
    RefCounts.awaitNoneBorrowed();
    assertEquals(0, Ray.task(RefCountingTest::lentAtLast).remote().get());
    Ray.task(RefCountingTest::forget).remote().get();
    RefCounts.awaitNoneLent();
  }

  private static ObjectRef<List<ObjectRef<String>>> nested() {
    return Ray.put(List.of(Ray.put("inner")));
  }

  @Test
  void refsInsideValuesOfOtherRefsAreKept() {
    ObjectRef<List<ObjectRef<String>>> outer = Ray.task(RefCountingTest::nested).remote().get();
    Ray.task(RefCountingTest::lentAfterGc).remote().get();
    assertEquals("inner", outer.get().getFirst().get());
    // As an argument the ref's value is there, with the refs in it.
    assertEquals(
        "inner", Ray.task((List<ObjectRef<String>> l) -> l.getFirst().get(), outer).remote().get());
  }

  private static ObjectRef<String> parent() {
    ObjectRef<ObjectRef<String>> child = Ray.task(() -> Ray.put("the child's")).remote();
    return child.get();
  }

  @Test
  void aRefHandedOnByAThirdProcessIsGood() {
    // Owned by the worker of the child, got by the parent's, used by the driver.
    ObjectRef<String> ref = Ray.task(RefCountingTest::parent).remote().get();
    assertEquals("the child's", ref.get());
  }

  @Test
  void capturedRefsAreKeptWhileTheTaskRuns() throws Exception {
    try (Meeting meeting = new Meeting()) {
      ObjectRef<String> done = captured(meeting.port());
      Meeting.Guest guest = meeting.next();
      System.gc();
      guest.release("go on");
      assertEquals("captured", done.get());
    }
  }

  private static ObjectRef<String> captured(int port) {
    ObjectRef<String> ref = Ray.put("captured");
    return Ray.task(
            () -> {
              Meeting.come(port, "here");
              return ref.get();
            })
        .remote();
  }

  private static ObjectRef<String> dying() {
    return Ray.put("gone with its owner");
  }

  @Test
  void refsOfADeadOwnerFailThoughNobodyAsked() {
    ObjectRef<String> ref = Ray.task(RefCountingTest::dying).remote().get();
    assertThrows(
        org.rayshell.RayException.class,
        () ->
            Ray.task(() -> Runtime.getRuntime().halt(3))
                .options(o -> o.maxRetries(0))
                .remote()
                .get());
    OwnerDiedException died = assertThrows(OwnerDiedException.class, ref::get);
    assertTrue(died.getMessage().contains(ref.id()), died.getMessage());
    assertTrue(died.getMessage().contains("exit code 3"), died.getMessage());
    assertEquals(List.of(ref), Ray.wait(List.of(ref), 1).ready());
  }

  @Test
  void freedValuesAreGoneEverywhere() {
    ObjectRef<String> mine = Ray.put("mine");
    Ray.task(RefCountingTest::remember, List.of(mine)).remote().get();
    assertEquals("mine", Ray.task(RefCountingTest::getRemembered).remote().get());
    Ray.free(List.of(mine));
    ObjectLostException lost = assertThrows(ObjectLostException.class, mine::get);
    assertTrue(lost.getMessage().contains("Ray.free"), lost.getMessage());
    String there =
        assertThrows(
                org.rayshell.RayTaskException.class,
                () -> Ray.task(RefCountingTest::getRemembered).remote().get())
            .getMessage();
    assertTrue(there.contains("Ray.free"), there);

    Pair pair = Ray.task(RefCountingTest::both, List.of(Ray.put("x"))).remote().get();
    Ray.free(List.of(pair.own()));
    assertThrows(ObjectLostException.class, () -> pair.own().get());
    assertEquals("x", pair.given().get());
  }

  @Test
  void whatIsFreedBeforeItIsThereGoesWhenItComes() {
    ObjectRef<String> later = Ray.task(() -> "later").remote();
    Ray.free(List.of(later));
    assertThrows(ObjectLostException.class, later::get);
  }

  private static List<ObjectRef<Integer>> leaveBehind() {
    return List.of(Ray.task(() -> 42).remote());
  }

  @Test
  void aTaskThatItsParentDidNotWaitForRunsInTheParentsProcess() {
    // There is but one worker, which owns what runs there then.
    assertEquals(42, Ray.task(RefCountingTest::leaveBehind).remote().get().getFirst().get());
  }
}
