package org.rayshell.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.ObjectLostException;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;
import org.rayshell.RayException;
import org.rayshell.RayOptions;
import org.rayshell.runtime.owner.ObjectState;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.testing.Meeting;
import org.rayshell.testing.NothingLeft;

/** Results of more than 100 KB stay with the workers that made them, and are made again if lost. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class LargeResultsTest {
  private static final int LENGTH = 100_000;

  @TempDir Path folder;

  @BeforeEach
  void start() {
    Ray.init(RayOptions.create().numCpus(2).includeDashboard(false));
  }

  @AfterEach
  void stop() {
    Ray.shutdown();
  }

  /** Writes down that it was called, so that the test knows how often. */
  private static void note(String file) {
    try {
      Files.writeString(Path.of(file), "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long calls(Path file) throws IOException {
    return Files.size(file);
  }

  private static long[] numbers(String file, long first) {
    note(file);
    long[] numbers = new long[LENGTH];
    Arrays.setAll(numbers, i -> first + i);
    return numbers;
  }

  private static long[] next(String file, long[] numbers) {
    note(file);
    return Arrays.stream(numbers).map(n -> n + 1).toArray();
  }

  private static long first(long[] numbers) {
    return numbers[0];
  }

  private static ObjectState state(ObjectRef<?> ref) {
    return (ObjectState) ref.handle();
  }

  private static long keeper(ObjectRef<?> ref) {
    return state(ref).task().workerPid();
  }

  /** Kills the worker that keeps the value. */
  private static void killKeeper(ObjectRef<?> ref) {
    ProcessHandle worker = ProcessHandle.of(keeper(ref)).orElseThrow();
    worker.destroyForcibly();
    worker.onExit().join();
  }

  private ObjectRef<long[]> made(String name, int maxRetries) {
    String file = folder.resolve(name).toString();
    ObjectRef<long[]> ref =
        Ray.task(LargeResultsTest::numbers, file, 7L)
            .options(o -> o.maxRetries(maxRetries))
            .remote();
    Ray.wait(List.of(ref), 1, null, false);
    return ref;
  }

  private ObjectRef<long[]> after(String name, ObjectRef<long[]> ref) {
    String file = folder.resolve(name).toString();
    ObjectRef<long[]> next = Ray.task(LargeResultsTest::next, file, ref).remote();
    Ray.wait(List.of(next), 1, null, false);
    return next;
  }

  @Test
  void aLargeResultGoesFromWorkerToWorkerPastTheDriver() {
    ObjectRef<long[]> a = made("a", 3);
    ObjectRef<long[]> b = after("b", a);
    assertEquals(8, Ray.task(LargeResultsTest::first, b).remote().get());
    assertTrue(state(a).isPlaced() && state(b).isPlaced());
    assertEquals(null, state(a).outcome());
    assertEquals(null, state(b).outcome());
    assertTrue(state(b).bytes() >= 8 * LENGTH);
    assertEquals(TaskState.FINISHED, state(b).task().state());
    assertEquals(state(b).bytes(), state(b).task().resultBytes());
    assertTrue(Runtimes.view().orElseThrow().storedBytes() >= 2 * 8 * LENGTH);
    // Who wants it gets it.
    assertEquals(8, b.get()[0]);
    assertFalse(state(b).isPlaced());
  }

  @Test
  void whatIsLostWithItsWorkerIsMadeAgain() throws IOException {
    ObjectRef<long[]> a = made("a", 3);
    killKeeper(a);
    assertEquals(7, a.get()[0]);
    assertEquals(2, calls(folder.resolve("a")));
  }

  @Test
  void whatItWasMadeOfIsMadeAgainToo() throws IOException {
    ObjectRef<long[]> b = after("b", made("a", 3));
    // Nobody but the lineage knows of the first any more.
    System.gc();
    Ray.task(() -> 0).remote().get();
    killAllWorkers();
    assertEquals(8, b.get()[0]);
    assertEquals(2, calls(folder.resolve("a")));
    assertEquals(2, calls(folder.resolve("b")));
  }

  private static void killAllWorkers() {
    for (var worker : Runtimes.view().orElseThrow().workers()) {
      ProcessHandle.of(worker.pid())
          .ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
          });
    }
  }

  @Test
  void aTaskWhoseArgumentIsLostRunsWithItMadeAgain() throws IOException {
    ObjectRef<long[]> a = made("a", 3);
    killKeeper(a);
    assertEquals(7, Ray.task(LargeResultsTest::first, a).remote().get());
    assertEquals(2, calls(folder.resolve("a")));
  }

  @Test
  void withoutATryLeftItIsLost() throws IOException {
    ObjectRef<long[]> a = made("a", 0);
    ObjectRef<Long> dependent = Ray.task(LargeResultsTest::first, a).remote();
    assertEquals(7, dependent.get());
    killKeeper(a);
    ObjectLostException lost = assertThrows(ObjectLostException.class, a::get);
    assertTrue(lost.getMessage().contains("numbers"), lost.getMessage());
    assertTrue(lost.getMessage().contains("maxRetries=0"), lost.getMessage());
    assertTrue(lost.getMessage().contains("signal 9"), lost.getMessage());
    assertEquals(7, dependent.get());
    assertThrows(RayException.class, Ray.task(LargeResultsTest::first, a).remote()::get);
    assertEquals(1, calls(folder.resolve("a")));
  }

  private static int keptResults() {
    return RefCounts.kept();
  }

  @Test
  void theWorkerLetsItGoWithTheLastRef() {
    makeAndDrop();
    // Both workers are asked, by tasks that only one CPU's worth of others can run beside.
    int kept = 1;
    while (kept > 0) {
      System.gc();
      ObjectRef<Integer> one = Ray.task(LargeResultsTest::keptResults).remote();
      ObjectRef<Integer> other = Ray.task(LargeResultsTest::keptResults).remote();
      kept = one.get() + other.get();
    }
  }

  private void makeAndDrop() {
    ObjectRef<long[]> a = made("a", 3);
    assertTrue(state(a).isPlaced());
  }

  @Test
  void freedWhereItIsKept() {
    ObjectRef<long[]> a = made("a", 3);
    Ray.free(List.of(a));
    assertThrows(ObjectLostException.class, a::get);
    assertThrows(ObjectLostException.class, Ray.task(LargeResultsTest::first, a).remote()::get);
  }

  @Test
  void freedBeforeItIsMade() {
    String file = folder.resolve("a").toString();
    ObjectRef<long[]> a = Ray.task(LargeResultsTest::numbers, file, 7L).remote();
    ObjectRef<Long> user = Ray.task(LargeResultsTest::first, a).remote();
    Ray.free(List.of(a));
    assertThrows(ObjectLostException.class, a::get);
    assertThrows(ObjectLostException.class, user::get);
  }

  private static long[] meets(int port) {
    Meeting.come(port, "");
    return new long[LENGTH];
  }

  @Test
  void whoWaitsWithoutFetchingHearsOfWhatIsFreedBeforeItIsMade() throws Exception {
    try (Meeting meeting = new Meeting()) {
      ObjectRef<long[]> a = Ray.task(LargeResultsTest::meets, meeting.port()).remote();
      Meeting.Guest task = meeting.next();
      CountDownLatch told = new CountDownLatch(1);
      state(a).watch(_ -> told.countDown(), false);
      Ray.free(List.of(a));
      task.release("");
      assertThrows(ObjectLostException.class, a::get);
      assertTrue(told.await(20, TimeUnit.SECONDS));
      assertEquals(List.of(a), Ray.wait(List.of(a), 1, null, false).ready());
    }
  }

  private static List<ObjectRef<long[]>> nested(String file) {
    ObjectRef<long[]> ref = Ray.task(LargeResultsTest::numbers, file, 9L).remote();
    Ray.wait(List.of(ref), 1, null, false);
    return List.of(ref);
  }

  @Test
  void aBorrowerGetsItFromWhereItIsAndAfterItsLossAgain() throws IOException {
    String file = folder.resolve("n").toString();
    ObjectRef<long[]> ref = Ray.task(LargeResultsTest::nested, file).remote().get().getFirst();
    // The owner is a worker; another one keeps the value.
    assertEquals(9, Ray.task(LargeResultsTest::first, ref).remote().get());
    assertNotEquals(ProcessHandle.current().pid(), keeperOf("numbers"));
    ProcessHandle keeper = ProcessHandle.of(keeperOf("numbers")).orElseThrow();
    keeper.destroyForcibly();
    keeper.onExit().join();
    assertEquals(9, ref.get()[0]);
    assertEquals(2, calls(Path.of(file)));
  }

  private static long keeperOf(String function) {
    return Runtimes.view().orElseThrow().tasks().stream()
        .filter(task -> task.function().equals(function))
        .findFirst()
        .orElseThrow()
        .workerPid();
  }
}
