package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.runtime.scheduler.HealthCheck;
import org.rayshell.testing.Meeting;
import org.rayshell.testing.NothingLeft;

/** Worker processes that are stopped, as by SIGSTOP, and never go on. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class StoppedWorkerTest {
  @BeforeAll
  static void start() {
    System.setProperty(HealthCheck.TIMEOUT, "1000");
    Ray.init(RayOptions.create().numCpus(2).includeDashboard(false));
  }

  @AfterAll
  static void end() {
    System.clearProperty(HealthCheck.TIMEOUT);
    Ray.shutdown();
  }

  private static String meets(int port) {
    return Meeting.come(port, "") + " " + ProcessHandle.current().pid();
  }

  private static void stop(long pid) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", "-STOP", "" + pid).start().waitFor());
  }

  @Test
  void aTaskRunsAgainElsewhere() throws Exception {
    try (Meeting meeting = new Meeting()) {
      ObjectRef<String> ref = Ray.task(StoppedWorkerTest::meets, meeting.port()).remote();
      Meeting.Guest first = meeting.next();
      stop(first.pid());
      Meeting.Guest second = meeting.next();
      assertNotEquals(first.pid(), second.pid());
      first.awaitEnd();
      second.release("went on");
      assertEquals("went on " + second.pid(), ref.get());
    }
  }

  @Test
  void withoutARetryItFailsWithTheReason() throws Exception {
    try (Meeting meeting = new Meeting()) {
      ObjectRef<String> ref =
          Ray.task(StoppedWorkerTest::meets, meeting.port()).options(o -> o.maxRetries(0)).remote();
      stop(meeting.next().pid());
      String message = assertThrows(WorkerCrashedException.class, ref::get).getMessage();
      assertTrue(message.contains("it had answered nothing for 1.0 s"), message);
    }
  }

  private record Kept(ObjectRef<Integer> ref, long pid) {}

  private static Kept keeps() {
    return new Kept(Ray.put(42), ProcessHandle.current().pid());
  }

  @Test
  void itsObjectsAreLostAndThatIsSaid() throws Exception {
    Kept kept = Ray.task(StoppedWorkerTest::keeps).remote().get();
    stop(kept.pid());
    String message = assertThrows(OwnerDiedException.class, () -> kept.ref().get()).getMessage();
    assertTrue(message.contains("pid=" + kept.pid() + ", signal 9 (SIGKILL)"), message);
  }

  @Test
  void aTimeoutThatIsNoNumberIsRefused() {
    String before = System.setProperty(HealthCheck.TIMEOUT, "10s");
    try {
      String message =
          assertThrows(IllegalArgumentException.class, HealthCheck::timeoutMs).getMessage();
      assertTrue(message.contains("healthCheckTimeoutMs=10s"), message);
    } finally {
      System.setProperty(HealthCheck.TIMEOUT, before);
    }
  }

  @Test
  void theDefaultIsTenSeconds() {
    String before = System.clearProperty(HealthCheck.TIMEOUT);
    try {
      assertEquals(10_000, HealthCheck.timeoutMs());
    } finally {
      System.setProperty(HealthCheck.TIMEOUT, before);
    }
  }
}
