package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.testing.Meeting;
import org.rayshell.testing.NothingLeft;

/** Ray.cancel at every point of a task's life, on real workers. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class CancelTest {
  private Meeting meeting;

  @BeforeEach
  void start() throws IOException {
    meeting = new Meeting();
    Ray.init(RayOptions.create().numCpus(2).includeDashboard(false));
  }

  @AfterEach
  void end() throws IOException {
    Ray.shutdown();
    meeting.close();
  }

  private static String meets(int port) {
    return Meeting.come(port, "");
  }

  private static String identity(String word) {
    return word;
  }

  /** Says that it has begun, and sleeps; tells of its interrupt if it is to. */
  private static String sleeps(int port, String name) throws InterruptedException {
    Meeting.come(port, name);
    try {
      Thread.sleep(100_000);
    } catch (InterruptedException e) {
      Meeting.come(port, name + " interrupted");
      throw e;
    }
    return name;
  }

  private static String sleepsQuietly(int port) throws InterruptedException {
    Meeting.come(port, "");
    Thread.sleep(100_000);
    return "";
  }

  private static int swallows(int port) {
    Meeting.come(port, "");
    int interrupts = 0;
    while (interrupts < 3) {
      try {
        Thread.sleep(100_000);
      } catch (InterruptedException _) {
        interrupts++;
      }
    }
    return interrupts;
  }

  private static String submits(int port, int levels) throws InterruptedException {
    return levels == 0
        ? sleeps(port, "leaf")
        : Ray.task(CancelTest::submits, port, levels - 1).remote().get();
  }

  private static boolean cancels(List<ObjectRef<String>> refs) {
    Ray.cancel(refs.getFirst());
    return true;
  }

  private static String refused(ObjectRef<?> ref) {
    return assertThrows(TaskCancelledException.class, ref::get).getMessage();
  }

  private static TaskInfo info(ObjectRef<?> ref) {
    return Runtimes.view().orElseThrow().ref(ref).task().orElseThrow();
  }

  @Test
  void aRunningTaskIsInterrupted() throws Exception {
    ObjectRef<String> ref = Ray.task(CancelTest::sleepsQuietly, meeting.port()).remote();
    Meeting.Guest guest = meeting.next();
    guest.release("");
    Ray.cancel(ref);
    TaskCancelledException e = assertThrows(TaskCancelledException.class, ref::get);
    assertEquals(
        "sleepsQuietly was cancelled while it ran on worker " + guest.pid(), e.getMessage());
    assertInstanceOf(InterruptedException.class, e.getCause());
    TaskInfo info = info(ref);
    assertEquals(TaskState.FAILED, info.state());
    assertTrue(info.cancelled());
    assertEquals(1, info.attempt());
    // The worker lives on, and the interrupt is not left in it.
    ObjectRef<String> next = Ray.task(CancelTest::sleepsQuietly, meeting.port()).remote();
    Meeting.Guest again = meeting.next();
    assertTrue(again.process().isAlive());
    again.release("");
    Ray.cancel(next);
    refused(next);
  }

  @Test
  void aTaskThatTurnsItsInterruptIntoSomethingElseIsCancelledToo() throws Exception {
    ObjectRef<String> ref =
        Ray.task(
                port -> {
                  Meeting.come(port, "");
                  try {
                    Thread.sleep(100_000);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException("my own", e);
                  }
                  return "";
                },
                meeting.port())
            .options(o -> o.retryExceptions(true))
            .remote();
    meeting.next().release("");
    Ray.cancel(ref);
    TaskCancelledException e = assertThrows(TaskCancelledException.class, ref::get);
    assertEquals("my own", e.getCause().getMessage());
  }

  @Test
  void whoSwallowsEveryInterruptKeepsItsValue() throws Exception {
    ObjectRef<Integer> ref = Ray.task(CancelTest::swallows, meeting.port()).remote();
    meeting.next().release("");
    Ray.cancel(ref);
    assertEquals(3, ref.get());
    assertEquals(TaskState.FINISHED, info(ref).state());
  }

  @Test
  void whatHasNotBegunDoesNotBegin() throws Exception {
    ObjectRef<String> one = Ray.task(CancelTest::meets, meeting.port()).remote();
    ObjectRef<String> two = Ray.task(CancelTest::meets, meeting.port()).remote();
    Meeting.Guest first = meeting.next();
    Meeting.Guest second = meeting.next();
    ObjectRef<String> queued = Ray.task(CancelTest::identity, "queued").remote();
    ObjectRef<String> dependent = Ray.task(CancelTest::identity, one).remote();
    Ray.cancel(queued);
    Ray.cancel(dependent, true, true);
    assertEquals("identity was cancelled before it began", refused(queued));
    assertEquals("identity was cancelled before it began", refused(dependent));
    assertEquals(0, info(queued).started());
    first.release("one");
    second.release("two");
    assertEquals(List.of("one", "two"), Ray.get(List.of(one, two)).stream().sorted().toList());
    assertEquals("one", Ray.task(CancelTest::identity, "one").remote().get());
  }

  @Test
  void dependentsOfACancelledTaskFailAsItDoes() throws Exception {
    ObjectRef<String> ref = Ray.task(CancelTest::sleepsQuietly, meeting.port()).remote();
    ObjectRef<String> dependent = Ray.task(CancelTest::identity, ref).remote();
    meeting.next().release("");
    Ray.cancel(ref);
    assertTrue(refused(dependent).contains("sleepsQuietly was cancelled"));
  }

  @Test
  void withItsChildrenATaskIsCancelledThatWaitsForThem() throws Exception {
    ObjectRef<String> root = Ray.task(CancelTest::submits, meeting.port(), 2).remote();
    Meeting.Guest leaf = meeting.next();
    leaf.release("");
    Ray.cancel(root);
    Meeting.Guest interrupted = meeting.next();
    assertEquals("leaf interrupted", interrupted.word());
    assertTrue(refused(root).contains("submits was cancelled while it ran"));
    interrupted.release("");
  }

  @Test
  void withoutItsChildrenATaskIsCancelledAndTheyGoOn() throws Exception {
    ObjectRef<String> root =
        Ray.task(port -> Ray.task(CancelTest::meets, port).remote().get(), meeting.port()).remote();
    Meeting.Guest leaf = meeting.next();
    Ray.cancel(root, false, false);
    refused(root);
    assertTrue(leaf.process().isAlive());
    leaf.release("");
    leaf.awaitEnd();
  }

  @Test
  void byForceTheWorkerIsKilledAndOthersAreNotHurt() throws Exception {
    ObjectRef<String> stubborn = Ray.task(Meeting::come, meeting.port(), "stubborn").remote();
    ObjectRef<String> other = Ray.task(Meeting::come, meeting.port(), "other").remote();
    Meeting.Guest one = meeting.next();
    Meeting.Guest two = meeting.next();
    boolean inOrder = one.word().equals("stubborn");
    long pid = (inOrder ? one : two).pid();
    List<ObjectRef<String>> queued =
        List.of("a", "b", "c").stream()
            .map(word -> Ray.task(CancelTest::identity, word).remote())
            .toList();
    (inOrder ? two : one).release("other");
    Ray.cancel(stubborn, false, true);
    Ray.cancel(stubborn, true, true);
    assertEquals(
        "come was cancelled by force: its worker " + pid + " was killed", refused(stubborn));
    assertEquals("other", other.get());
    assertEquals(List.of("a", "b", "c"), Ray.get(queued));
    assertEquals(1, info(stubborn).attempt());
    assertTrue(info(stubborn).cancelled());
    assertEquals(1, info(queued.getFirst()).attempt());
  }

  @Test
  void aWorkerThatIsStoppedIsKilledToo() throws Exception {
    ObjectRef<String> ref = Ray.task(CancelTest::meets, meeting.port()).remote();
    Meeting.Guest guest = meeting.next();
    assertEquals(0, new ProcessBuilder("kill", "-STOP", "" + guest.pid()).start().waitFor());
    Ray.cancel(ref, true, true);
    assertTrue(refused(ref).contains("by force"));
  }

  @Test
  void whatHasEndedStaysAsItIs() {
    ObjectRef<String> ref = Ray.task(CancelTest::identity, "value").remote();
    assertEquals("value", ref.get());
    Ray.cancel(ref);
    Ray.cancel(ref, true, true);
    assertEquals("value", ref.get());
    assertEquals("next", Ray.task(CancelTest::identity, "next").remote().get());
    assertFalse(info(ref).cancelled());
  }

  @Test
  void whatWasPutCannotBeCancelled() {
    ObjectRef<String> put = Ray.put("value");
    String message =
        assertThrows(IllegalArgumentException.class, () -> Ray.cancel(put)).getMessage();
    assertTrue(message.contains("Ray.put") && message.contains("drop its refs"), message);
    assertEquals("value", put.get());
  }

  @Test
  void aBorrowerCancelsAtTheOwner() throws Exception {
    ObjectRef<String> ref = Ray.task(CancelTest::sleepsQuietly, meeting.port()).remote();
    meeting.next().release("");
    assertTrue(Ray.task(CancelTest::cancels, List.of(ref)).remote().get());
    assertTrue(refused(ref).contains("while it ran"));
  }

  @Test
  void manyAreCancelledAtOnce() throws Exception {
    List<ObjectRef<String>> refs =
        java.util.stream.IntStream.range(0, 500)
            .mapToObj(_ -> Ray.task(CancelTest::sleepsForLong).remote())
            .toList();
    refs.forEach(Ray::cancel);
    refs.forEach(CancelTest::refused);
    assertEquals("after", Ray.task(CancelTest::identity, "after").remote().get());
  }

  private static String sleepsForLong() throws InterruptedException {
    Thread.sleep(100_000);
    return "";
  }
}
