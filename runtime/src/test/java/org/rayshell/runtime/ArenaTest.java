package org.rayshell.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;
import org.rayshell.RayOptions;
import org.rayshell.runtime.owner.ObjectState;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.testing.FileBlocks;
import org.rayshell.testing.NothingLeft;

/** Large values go through shared memory, whatever becomes of those who write and read them. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class ArenaTest {
  private static final int LENGTH = 1 << 20;

  @BeforeEach
  void start() {
    Ray.init(RayOptions.create().numCpus(2).objectStoreMemory(128L << 20).includeDashboard(false));
  }

  @AfterEach
  void stop() throws IOException {
    Ray.shutdown();
    assertEquals(List.of(), arenas());
  }

  /** The files of shared memory that this process still has. */
  private static List<String> arenas() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      for (Path each : all.toList()) {
        if (Files.isSymbolicLink(each)) {
          String target = Files.readSymbolicLink(each).toString();
          if (target.contains("rayshell-session_")) {
            found.add(target);
          }
        }
      }
    }
    if (Files.readString(Path.of("/proc/self/maps")).contains("rayshell-session_")) {
      found.add("mapped");
    }
    return found;
  }

  private static int[] numbers(int seed) {
    int[] made = new int[LENGTH];
    Arrays.setAll(made, i -> i + seed);
    return made;
  }

  private static int[] halting(int seed) {
    Ray.put(numbers(seed));
    Runtime.getRuntime().halt(3);
    return null;
  }

  private static long sum(int[] numbers) {
    return Arrays.stream(numbers).asLongStream().sum();
  }

  private static List<String> words(int count) {
    return Stream.generate(() -> "word").limit(count).toList();
  }

  /** Halts while it has an argument in the arena, once only. */
  private static long haltsOnce(int[] numbers, String note) throws IOException {
    Path file = Path.of(note);
    if (Files.exists(file)) {
      Files.delete(file);
      Runtime.getRuntime().halt(4);
    }
    return sum(numbers);
  }

  private static EncodedValue encoded(ObjectRef<?> ref) {
    return ((ObjectState) ref.handle()).outcome().value();
  }

  @Test
  void everyWayOfALargeValueIsThroughTheArena() {
    int[] value = numbers(1);
    ObjectRef<int[]> put = Ray.put(value);
    assertNotNull(encoded(put).block());
    assertArrayEquals(value, put.get());
    assertEquals(sum(value), Ray.task(ArenaTest::sum, put).remote().get());
    assertEquals(sum(value), Ray.task(ArenaTest::sum, value).remote().get());
    ObjectRef<int[]> made = Ray.task(ArenaTest::numbers, 7).remote();
    assertEquals(sum(numbers(7)), Ray.task(ArenaTest::sum, made).remote().get());
    assertArrayEquals(numbers(7), made.get());
    assertNotNull(encoded(made).block());
    // What the driver has got it passes on.
    assertEquals(sum(numbers(7)), Ray.task(ArenaTest::sum, made).remote().get());
    ObjectRef<List<String>> words = Ray.task(ArenaTest::words, 100_000).remote();
    assertEquals(words(100_000), words.get());
    assertNotNull(encoded(words).block());
  }

  @Test
  void smallValuesStayOnTheHeap() {
    assertEquals(null, encoded(Ray.put(new int[25_000])).block());
    assertNotNull(encoded(Ray.put(new int[26_000])).block());
  }

  @Test
  void moreThanTheArenaHoldsIsKeptAllTheSame() {
    List<ObjectRef<int[]>> refs = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      refs.add(Ray.put(numbers(i)));
    }
    assertTrue(encoded(refs.getFirst()).block().isSpilled());
    assertFalse(encoded(refs.getLast()).block().isSpilled());
    for (int i = 0; i < 50; i++) {
      assertArrayEquals(numbers(i), refs.get(i).get());
    }
    assertEquals(sum(numbers(0)), Ray.task(ArenaTest::sum, refs.getFirst()).remote().get());
    assertEquals(LENGTH * 60, Ray.put(new byte[LENGTH * 60]).get().length);
    assertEquals(LENGTH * 130, Ray.put(new byte[LENGTH * 130]).get().length);
  }

  @Test
  void whatNobodyRefersToIsUsedAgain() {
    int[] value = numbers(1);
    for (int i = 0; i < 400; i++) {
      ObjectRef<int[]> ref = Ray.put(value);
      assertNotNull(encoded(ref).block(), "put " + i);
      if (i % 40 == 0) {
        assertEquals(sum(value), Ray.task(ArenaTest::sum, ref).remote().get());
      }
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere pages stay until the end")
  void pagesOfWhatIsGoneGoBackToTheSystem() throws IOException {
    Path arena = Runtimes.view().orElseThrow().sessionDir().resolve("arena");
    storeMuch();
    assertTrue(FileBlocks.bytes(arena) > 80L << 20);
    while (!StorePages.areReadyOnes()) {
      System.gc();
    }
    // They are taken for gone a moment before they are. And the header.
    while (FileBlocks.bytes(arena) > StorePages.bytes() + (4L << 20)) {
      Thread.onSpinWait();
    }
    storeMuch();
  }

  private static void storeMuch() {
    List<ObjectRef<int[]>> made = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      made.add(Ray.put(numbers(i)));
      made.add(Ray.task(ArenaTest::numbers, i).remote());
    }
    for (int i = 0; i < 20; i++) {
      assertArrayEquals(numbers(i / 2), made.get(i).get());
    }
  }

  @Test
  void resultsOfTasksAreUsedAgain() {
    for (int i = 0; i < 200; i++) {
      ObjectRef<int[]> made = Ray.task(ArenaTest::numbers, i).remote();
      assertEquals(i + 5, made.get()[5]);
    }
  }

  @Test
  void workersThatDieWhileTheyWriteLoseNothingForEver() {
    for (int i = 0; i < 6; i++) {
      ObjectRef<int[]> ended =
          Ray.task(ArenaTest::halting, i).options(o -> o.maxRetries(0)).remote();
      org.junit.jupiter.api.Assertions.assertThrows(
          org.rayshell.WorkerCrashedException.class, ended::get);
    }
    ObjectRef<byte[]> all = Ray.put(new byte[100 << 20]);
    assertNotNull(encoded(all).block());
  }

  @Test
  void aTaskWhoseReaderDiesRunsAgain() throws IOException {
    Path note = Files.createTempFile("arena", "");
    int[] value = numbers(3);
    ObjectRef<int[]> ref = Ray.put(value);
    ObjectRef<Long> sum = Ray.task(ArenaTest::haltsOnce, ref, note.toString()).remote();
    assertEquals(sum(value), sum.get());
    assertFalse(Files.exists(note));
  }

  private static long passOn(List<ObjectRef<int[]>> inside) {
    // It is read here first, and so passed on from here.
    inside.getFirst().get();
    return Ray.task(ArenaTest::sum, inside.getFirst()).remote().get();
  }

  @Test
  void workersPassOnWhatOthersWrote() {
    ObjectRef<int[]> made = Ray.task(ArenaTest::numbers, 5).remote();
    for (int i = 0; i < 10; i++) {
      assertEquals(sum(numbers(5)), Ray.task(ArenaTest::passOn, List.of(made)).remote().get());
    }
    ObjectRef<int[]> put = Ray.put(numbers(6));
    assertEquals(sum(numbers(6)), Ray.task(ArenaTest::passOn, List.of(put)).remote().get());
  }

  private static int[] itself(int[] numbers) {
    return numbers;
  }

  private static long itsPid() {
    return ProcessHandle.current().pid();
  }

  @Test
  void whatADeadWorkerWroteIsThereForThoseWhoHadIt() throws Exception {
    ObjectRef<int[]> made = Ray.task(ArenaTest::numbers, 8).remote();
    made.get();
    // All workers go; the driver has the block, and passes it on to new ones.
    for (int i = 0; i < 4; i++) {
      long pid = Ray.task(ArenaTest::itsPid).remote().get();
      ProcessHandle worker = ProcessHandle.of(pid).orElseThrow();
      worker.destroyForcibly();
      worker.onExit().get();
    }
    assertEquals(sum(numbers(8)), Ray.task(ArenaTest::sum, made).remote().get());
    assertEquals(sum(numbers(8)), Ray.task(ArenaTest::passOn, List.of(made)).remote().get());
    assertArrayEquals(numbers(8), made.get());
    assertArrayEquals(numbers(8), Ray.task(ArenaTest::itself, made).remote().get());
    made = null;
    // All of it is free again.
    ObjectRef<byte[]> all = Ray.put(new byte[120 << 20]);
    assertFalse(encoded(all).block().isSpilled());
  }

  @Test
  void resultsThatTheDriverHasGotAreSpilledToo() {
    List<ObjectRef<int[]>> refs = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      refs.add(Ray.task(ArenaTest::numbers, i).remote());
      assertEquals(i + 1, refs.get(i).get()[1]);
    }
    for (int i = 0; i < 60; i++) {
      assertArrayEquals(numbers(i), refs.get(i).get());
      assertEquals(sum(numbers(i)), Ray.task(ArenaTest::sum, refs.get(i)).remote().get());
    }
  }

  @Test
  void threadsThatAreInterruptedLoseNoLargeValue() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      int seed = i;
      Thread thread =
          Thread.ofPlatform()
              .start(() -> {
                Thread.currentThread().interrupt();
                ObjectRef<int[]> put = Ray.put(numbers(seed));
                ObjectRef<Long> sum = Ray.task(ArenaTest::sum, put).remote();
                try {
                  sum.get();
                } catch (org.rayshell.RayException _) {
                  // Interrupted.
                }
              });
      thread.join();
      ObjectRef<int[]> made = Ray.task(ArenaTest::numbers, i).remote();
      assertEquals(sum(numbers(i)), Ray.task(ArenaTest::sum, made).remote().get());
    }
  }
}
