package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.view.ErrorType;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.testing.Meeting;
import org.rayshell.testing.NothingLeft;

/** Tasks that throw and are run again, and those that run too long. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class RetryTest {
  /** For a task to begin, on a machine that is busy. */
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(2);

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

  /** Does what it is told. */
  private static String obeys(int port) throws Exception {
    switch (Meeting.come(port, "")) {
      case "io" -> throw new IOException("io");
      case "file" -> throw new FileNotFoundException("file");
      case "state" -> throw new IllegalStateException("state");
      case "error" -> throw new AssertionError("error");
      case "halt" -> Runtime.getRuntime().halt(1);
      case "sleep" -> Thread.sleep(100_000);
      default -> {}
    }
    return "done";
  }

  @Remote(retryExceptions = IOException.class, maxRetries = 1)
  private static String annotated(int port) throws Exception {
    return obeys(port);
  }

  @Remote(timeoutMs = 20, maxRetries = 0)
  private static String hasty() throws Exception {
    Thread.sleep(100_000);
    return "";
  }

  private static int spins(int port) {
    Meeting.come(port, "");
    int interrupts = 0;
    while (true) {
      if (Thread.interrupted()) {
        interrupts++;
      }
      if (interrupts < 0) {
        return interrupts;
      }
    }
  }

  private void say(String... orders) throws IOException {
    for (String order : orders) {
      meeting.next().release(order);
    }
  }

  private static TaskInfo info(ObjectRef<?> ref) {
    return Runtimes.view().orElseThrow().ref(ref).task().orElseThrow();
  }

  private ObjectRef<String> retried(UnaryOperator<TaskOptions> change) {
    return Ray.task(RetryTest::obeys, meeting.port()).options(change).remote();
  }

  @Test
  void whatIsNamedIsRetriedWithItsSubclasses() throws Exception {
    ObjectRef<String> ref =
        retried(o -> o.retryExceptions(IOException.class, ArithmeticException.class));
    say("io", "file", "io", "go");
    assertEquals("done", ref.get());
    assertEquals(4, info(ref).attempt());
  }

  @Test
  void whatIsNotNamedIsNotRetried() throws Exception {
    ObjectRef<String> ref = retried(o -> o.retryExceptions(FileNotFoundException.class));
    say("file", "io");
    RayTaskException e = assertThrows(RayTaskException.class, ref::get);
    assertEquals("io", e.getCause().getMessage());
    assertTrue(e.getMessage().contains("attempt 2 of 4"), e.getMessage());
    ObjectRef<String> none = Ray.task(RetryTest::obeys, meeting.port()).remote();
    say("io");
    assertThrows(RayTaskException.class, none::get);
    assertEquals(1, info(none).attempt());
  }

  @Test
  void allMayBeRetriedUntilNoTryIsLeft() throws Exception {
    ObjectRef<String> ref =
        Ray.task(RetryTest::obeys, meeting.port())
            .options(o -> o.retryExceptions(true).maxRetries(2))
            .remote();
    say("error", "state", "io");
    RayTaskException e = assertThrows(RayTaskException.class, ref::get);
    assertInstanceOf(IOException.class, e.getCause());
    assertTrue(e.getMessage().contains("attempt 3 of 3"), e.getMessage());
  }

  @Test
  void deathsAndExceptionsAreCountedTogether() throws Exception {
    ObjectRef<String> ref =
        Ray.task(RetryTest::obeys, meeting.port())
            .options(o -> o.retryExceptions(IOException.class).maxRetries(2))
            .remote();
    say("halt", "io", "halt");
    String message = assertThrows(WorkerCrashedException.class, ref::get).getMessage();
    assertTrue(message.contains("in attempt 3 of 3"), message);
    assertTrue(
        message.contains("; 2 worker ") && message.contains(": IOException: io; 3 worker "),
        message);
  }

  @Test
  void theAnnotationSaysIt() throws Exception {
    ObjectRef<String> ref = Ray.task(RetryTest::annotated, meeting.port()).remote();
    say("io", "go");
    assertEquals("done", ref.get());
    ObjectRef<String> hasty = Ray.task(RetryTest::hasty).remote();
    assertThrows(TaskTimeoutException.class, hasty::get);
  }

  @Test
  void aCancelledTaskIsNotRetried() throws Exception {
    ObjectRef<String> ref =
        Ray.task(RetryTest::obeys, meeting.port())
            .options(o -> o.retryExceptions(true).maxRetries(-1))
            .remote();
    say("io", "sleep");
    Ray.cancel(ref);
    assertThrows(TaskCancelledException.class, ref::get);
    assertEquals(2, info(ref).attempt());
  }

  @Test
  void whatRunsTooLongIsInterrupted() throws Exception {
    ObjectRef<String> ref =
        Ray.task(RetryTest::obeys, meeting.port()).options(o -> o.timeout(LONG_ENOUGH)).remote();
    Meeting.Guest guest = meeting.next();
    guest.release("sleep");
    TaskTimeoutException e = assertThrows(TaskTimeoutException.class, ref::get);
    assertEquals(
        "obeys ran longer than it may on worker "
            + guest.pid()
            + " and was stopped; work in parts, or give it more by options(o -> o.timeout(…)):"
            + " timeout=PT2S",
        e.getMessage());
    assertInstanceOf(InterruptedException.class, e.getCause());
    assertEquals(1, info(ref).attempt());
    assertEquals(ErrorType.TASK_EXECUTION_EXCEPTION, info(ref).errorType());
    assertTrue(guest.process().isAlive());
  }

  @Test
  void aTimeoutIsRetriedIfTheOptionsNameIt() throws Exception {
    ObjectRef<String> ref =
        Ray.task(RetryTest::obeys, meeting.port())
            .options(o -> o.timeout(LONG_ENOUGH).retryExceptions(TaskTimeoutException.class))
            .remote();
    say("sleep", "go");
    assertEquals("done", ref.get());
    assertEquals(2, info(ref).attempt());
  }

  @Test
  void whatHeedsNoInterruptIsKilledAfterTheTimeout() throws Exception {
    ObjectRef<Integer> ref =
        Ray.task(RetryTest::spins, meeting.port()).options(o -> o.timeout(LONG_ENOUGH)).remote();
    say("");
    TaskTimeoutException e = assertThrows(TaskTimeoutException.class, ref::get);
    assertTrue(e.getMessage().contains("and was killed"), e.getMessage());
    assertEquals(1, info(ref).attempt());
  }

  @Test
  void waitingForAWorkerCountsForNoTimeout() throws Exception {
    ObjectRef<String> one = Ray.task(RetryTest::obeys, meeting.port()).remote();
    ObjectRef<String> two = Ray.task(RetryTest::obeys, meeting.port()).remote();
    Meeting.Guest first = meeting.next();
    Meeting.Guest second = meeting.next();
    ObjectRef<String> queued =
        Ray.task(RetryTest::obeys, meeting.port())
            .options(o -> o.timeout(Duration.ofSeconds(60)))
            .remote();
    assertEquals(0, Ray.wait(java.util.List.of(queued), 1, Duration.ofMillis(100)).ready().size());
    first.release("go");
    second.release("go");
    say("go");
    assertEquals("done", queued.get());
    Ray.get(java.util.List.of(one, two));
  }
}
