package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.WorkerInfo;
import org.rayshell.testing.Meeting;
import org.rayshell.testing.NothingLeft;

/** Workers that die, and what their tasks come to. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class WorkerDeathTest {
  @BeforeAll
  static void start() {
    Ray.init(RayOptions.create().numCpus(2).workerHeap(512L << 20).includeDashboard(false));
  }

  @AfterAll
  static void end() {
    Ray.shutdown();
  }

  private static String meets(int port) {
    return Meeting.come(port, "") + " " + ProcessHandle.current().pid();
  }

  private static int dies(String how) throws Exception {
    System.out.println("on stdout");
    System.err.println("going down by " + how);
    switch (how) {
      case "exit" -> System.exit(3);
      case "halt" -> Runtime.getRuntime().halt(4);
      case "kill" ->
          new ProcessBuilder("kill", "-9", "" + ProcessHandle.current().pid()).start().waitFor();
      case "abort" -> abort();
      default -> throw new IllegalArgumentException(how);
    }
    return 0;
  }

  @SuppressWarnings("restricted")
  private static void abort() {
    Linker linker = Linker.nativeLinker();
    try {
      linker
          .downcallHandle(
              linker.defaultLookup().find("abort").orElseThrow(), FunctionDescriptor.ofVoid())
          .invoke();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static int recurses(int n) {
    return recurses(n + 1) + 1;
  }

  private static int hoards() {
    List<byte[]> all = new ArrayList<>();
    while (true) {
      all.add(new byte[32 << 20]);
    }
  }

  private static TaskInfo info(ObjectRef<?> ref) {
    return Runtimes.view().orElseThrow().ref(ref).task().orElseThrow();
  }

  @Test
  void aTaskWhoseWorkerIsKilledRunsAgainOnAnother() throws Exception {
    try (Meeting meeting = new Meeting()) {
      ObjectRef<String> ref = Ray.task(WorkerDeathTest::meets, meeting.port()).remote();
      Meeting.Guest first = meeting.next();
      first.process().destroyForcibly();
      Meeting.Guest second = meeting.next();
      assertNotEquals(first.pid(), second.pid());
      second.release("went on");
      assertEquals("went on " + second.pid(), ref.get());
      TaskInfo info = info(ref);
      assertEquals(2, info.attempt());
      assertEquals(second.pid(), info.workerPid());
    }
  }

  @Test
  void aTaskThatAlwaysKillsItsWorkerFailsAfterThreeRetries() {
    ObjectRef<Integer> ref = Ray.task(WorkerDeathTest::dies, "kill").remote();
    String message = assertThrows(WorkerCrashedException.class, ref::get).getMessage();
    assertTrue(
        Pattern.matches(
            "dies failed: its worker \\d+ died: signal 9 \\(SIGKILL\\), in attempt"
                + " 4 of 4, perhaps for want of memory\nAttempts: 1 worker \\d+, 2 worker \\d+,"
                + " 3 worker \\d+, 4 worker \\d+: same error"
                + "\nLast lines of its stderr:\ngoing down by kill",
            message),
        message);
    assertEquals(4, info(ref).attempt());
  }

  @ParameterizedTest
  @CsvSource({
    "exit, exit code 3",
    "halt, exit code 4",
    "kill, signal 9 (SIGKILL)",
    "abort, signal 6 (SIGABRT)"
  })
  void theExceptionSaysHowTheWorkerEnded(String way, String text) {
    ObjectRef<Integer> ref =
        Ray.task(WorkerDeathTest::dies, way).options(o -> o.maxRetries(0).name("f")).remote();
    String message = assertThrows(WorkerCrashedException.class, ref::get).getMessage();
    assertTrue(message.contains("died: " + text + ", in attempt 1 of 1"), message);
    assertTrue(message.contains("stderr:\ngoing down by " + way), message);
    assertTrue(message.contains("worker " + info(ref).workerPid()), message);
  }

  @Test
  void oneThatDiedLeavesItsLogsAlone() {
    ObjectRef<Integer> ref =
        Ray.task(WorkerDeathTest::dies, "kill").options(o -> o.maxRetries(0)).remote();
    assertThrows(WorkerCrashedException.class, ref::get);
    ClusterView view = Runtimes.view().orElseThrow();
    String worker =
        view.workers().stream()
            .filter(w -> w.pid() == info(ref).workerPid())
            .map(WorkerInfo::workerId)
            .findAny()
            .orElseThrow();
    Path session = view.sessionDir();
    assertFalse(Files.exists(session.resolve(worker + ".sock")), worker);
    assertTrue(Files.exists(session.resolve("logs").resolve(worker + ".err")), worker);
  }

  @Test
  void anEndlessRecursionIsTheUsersExceptionAndTheWorkerLives() {
    long worker = Ray.task(() -> ProcessHandle.current().pid()).remote().get();
    ObjectRef<Integer> ref = Ray.task(WorkerDeathTest::recurses, 0).remote();
    RayTaskException thrown = assertThrows(RayTaskException.class, ref::get);
    assertInstanceOf(StackOverflowError.class, thrown.getCause());
    assertEquals(1, info(ref).attempt());
    assertTrue(ProcessHandle.of(worker).orElseThrow().isAlive());
  }

  @Test
  void memoryThatRunsOutIsTheUsersExceptionAndTheWorkerGoesOn() {
    ObjectRef<Integer> ref =
        Ray.task(WorkerDeathTest::hoards).options(o -> o.name("hoards")).remote();
    RayTaskException thrown = assertThrows(RayTaskException.class, ref::get);
    assertInstanceOf(OutOfMemoryError.class, thrown.getCause());
    assertTrue(thrown.getMessage().contains("OutOfMemoryError"), thrown.getMessage());
    assertTrue(thrown.getMessage().contains("workerHeap="), thrown.getMessage());
    long worker = info(ref).workerPid();
    assertTrue(ProcessHandle.of(worker).orElseThrow().isAlive());
    assertEquals(1, info(ref).attempt());
  }

  @Test
  void refsOfAWorkerThatDiedFailByItsEnd() throws IOException {
    ObjectRef<ObjectRef<Integer>> outer =
        Ray.task(() -> Ray.task(() -> 42).remote()).options(o -> o.name("outer")).remote();
    ObjectRef<Integer> inner = outer.get();
    ProcessHandle owner = ProcessHandle.of(info(outer).workerPid()).orElseThrow();
    owner.destroyForcibly();
    owner.onExit().join();
    String message = assertThrows(OwnerDiedException.class, inner::get).getMessage();
    assertTrue(message.contains("pid=" + owner.pid() + ", signal 9 (SIGKILL)"), message);
  }

  @Test
  void aWorkerThatDiesIdleIsReplaced() {
    ObjectRef<Long> first = Ray.task(() -> ProcessHandle.current().pid()).remote();
    ProcessHandle worker = ProcessHandle.of(first.get()).orElseThrow();
    worker.destroyForcibly();
    worker.onExit().join();
    for (int i = 0; i < 4; i++) {
      assertNotEquals(
          worker.pid(),
          Ray.task(() -> ProcessHandle.current().pid())
              .options(o -> o.maxRetries(1))
              .remote()
              .get());
    }
  }
}
