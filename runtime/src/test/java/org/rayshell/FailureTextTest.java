package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.runtime.Awaited;
import org.rayshell.runtime.DriverHooks;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.Wait;
import org.rayshell.runtime.code.CodeSource;
import org.rayshell.testing.Meeting;
import org.rayshell.testing.NothingLeft;

/** What failures say, and what a notebook hears of waits and of failures that nobody asks for. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class FailureTextTest {
  private static final BlockingQueue<String> UNASKED = new LinkedBlockingQueue<>();
  private static final BlockingQueue<String> WAITS = new LinkedBlockingQueue<>();

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
            return "In [1]";
          }

          @Override
          public void taskOutput(TaskOutput output) {}

          @Override
          public Wait waits(Awaited what) {
            return new Wait() {
              @Override
              public long patienceNs() {
                return 1;
              }

              @Override
              public void goesOn() {
                WAITS.add(what.kind() + " " + what.refs().size());
              }

              @Override
              public void over(boolean interrupted) {
                WAITS.add("over " + interrupted);
              }
            };
          }

          @Override
          public void answers() {
            WAITS.add("answers");
          }

          @Override
          public void unasked(String cell, String function, String error) {
            UNASKED.add(cell + " " + function + ": " + error);
          }
        });
    Ray.init(RayOptions.create().numCpus(2).includeDashboard(false));
  }

  @AfterAll
  static void end() {
    Ray.shutdown();
    Runtimes.install(DriverHooks.NONE);
  }

  private static String meets(int port) {
    return Meeting.come(port, "");
  }

  private static int fails(int port, int n) {
    Meeting.come(port, "");
    System.out.println("at " + n);
    System.out.println();
    if (n == 0) {
      throw new IllegalStateException("n is 0");
    }
    return 100 / (n - 1);
  }

  private static int unseen(int n) {
    throw new ArithmeticException("n=" + n);
  }

  @Test
  void theFirstFailureTellsOfTheOthersAndWhatItsTaskPrinted() throws Exception {
    try (Meeting meeting = new Meeting()) {
      List<ObjectRef<Integer>> refs =
          List.of(
              Ray.task(FailureTextTest::fails, meeting.port(), 0).remote(),
              Ray.task(FailureTextTest::fails, meeting.port(), 1).remote());
      Meeting.Guest first = meeting.next();
      Meeting.Guest second = meeting.next();
      first.release("");
      second.release("");
      Ray.wait(refs, 2);
      String message = assertThrows(RayTaskException.class, () -> Ray.get(refs)).getMessage();
      List<String> lines = message.lines().toList();
      assertTrue(lines.get(0).endsWith(": IllegalStateException: n is 0"), message);
      assertEquals("Submitted in In [1]", lines.get(1));
      assertEquals("Last output of the task: at 0", lines.get(2));
      assertEquals("and 1 more failed: 1 × ArithmeticException", lines.get(3));
    }
  }

  @Test
  void aTimeoutTellsWhereTheTasksAre() throws Exception {
    try (Meeting meeting = new Meeting()) {
      List<ObjectRef<String>> refs =
          List.of(
              Ray.task(FailureTextTest::meets, meeting.port()).remote(),
              Ray.task(FailureTextTest::meets, meeting.port()).remote(),
              Ray.task(FailureTextTest::meets, meeting.port()).remote());
      Meeting.Guest one = meeting.next();
      Meeting.Guest other = meeting.next();
      String message =
          assertThrows(RayTimeoutException.class, () -> Ray.get(refs, Duration.ofMillis(100)))
              .getMessage();
      assertEquals(
          "Ray.get: 3 of 3 not ready after 0.1 s (2 running, 1 queued); the tasks go on:"
              + " timeout=PT0.1S",
          message);
      one.release("");
      other.release("");
      meeting.next().release("");
      Ray.get(refs);
    }
  }

  @Test
  void aFailureThatNobodyAsksForIsToldOnceForEachFunction() throws Exception {
    ObjectRef<Integer> asked =
        Ray.task(FailureTextTest::unseen, 1).options(o -> o.name("asked")).remote();
    Ray.task(FailureTextTest::unseen, 2).remote();
    Ray.task(FailureTextTest::unseen, 3).remote();
    assertThrows(RayTaskException.class, asked::get);
    String told = UNASKED.take();
    assertTrue(told.matches("In \\[1] unseen: ArithmeticException: n=[23]"), told);
    Ray.task(FailureTextTest::unseen, 4).options(o -> o.name("other")).remote();
    assertEquals("In [1] other: ArithmeticException: n=4", UNASKED.take());
    assertNull(UNASKED.poll());
  }

  @Test
  void aLongWaitIsToldOfWhileItLasts() throws Exception {
    try (Meeting meeting = new Meeting()) {
      ObjectRef<String> ref = Ray.task(FailureTextTest::meets, meeting.port()).remote();
      Meeting.Guest guest = meeting.next();
      WAITS.clear();
      Thread waits = Thread.ofPlatform().start(ref::get);
      assertEquals("GET 1", WAITS.take());
      guest.release("");
      waits.join();
      assertEquals("over false", WAITS.take());
      assertEquals("answers", WAITS.take());
      ref.get();
      assertEquals("answers", WAITS.take());
      assertNull(WAITS.poll());
    }
  }
}
