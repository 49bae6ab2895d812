package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.runtime.Runtimes;
import org.rayshell.testing.NothingLeft;

/** What docs/semantics.md says and no other test looks at, on real workers. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class SemanticsTest {
  private static final int LENGTH = 100_000;

  @BeforeAll
  static void start() {
    Ray.init(RayOptions.create().numCpus(2).resources(Map.of("GPU", 1.0)).includeDashboard(false));
  }

  @AfterAll
  static void end() {
    Ray.shutdown();
  }

  private static long[] large(long first) {
    long[] numbers = new long[LENGTH];
    numbers[0] = first;
    return numbers;
  }

  private static List<long[]> two() {
    return List.of(large(1), large(2));
  }

  private static Stream<long[]> stream() {
    return Stream.of(large(3), large(4));
  }

  private static boolean cancels(List<ObjectRef<String>> refs) {
    Ray.cancel(refs.getFirst());
    return true;
  }

  private static void killWorkers() {
    for (var worker : Runtimes.view().orElseThrow().workers()) {
      ProcessHandle.of(worker.pid())
          .ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
          });
    }
  }

  private static int attempt(ObjectRef<?> ref) {
    return Runtimes.view().orElseThrow().ref(ref).task().orElseThrow().attempt();
  }

  @Test
  void ofSeveralResultsNoneIsLostWithTheWorker() {
    List<ObjectRef<long[]>> parts =
        Ray.task(SemanticsTest::two).options(o -> o.numReturns(2)).remoteMany();
    List<ObjectRef<long[]>> items = new ArrayList<>();
    ObjectRefGenerator<long[]> generator = Ray.task(SemanticsTest::stream).remoteStream();
    generator.forEachRemaining(items::add);
    Ray.wait(parts, 2, null, false);
    killWorkers();
    assertArrayEquals(new long[] {1, 2}, firsts(parts));
    assertArrayEquals(new long[] {3, 4}, firsts(items));
    assertEquals(1, attempt(parts.getFirst()));
    assertEquals(1, attempt(generator.completed()));
  }

  private static long[] firsts(List<ObjectRef<long[]>> refs) {
    return Ray.get(refs).stream().mapToLong(numbers -> numbers[0]).toArray();
  }

  @Test
  void aRefIsNotWrittenByJavasOwnSerialization() throws IOException {
    ObjectRef<String> ref = Ray.put("a");
    try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
      assertThrows(NotSerializableException.class, () -> out.writeObject(ref));
    }
  }

  @Test
  void eachGetIsACopyOfItsOwn() {
    ObjectRef<List<String>> ref = Ray.put(new ArrayList<>(List.of("a")));
    List<List<String>> got = Ray.get(List.of(ref, ref));
    got.getFirst().add("b");
    assertEquals(List.of("a"), got.getLast());
  }

  @Test
  void whatIsOneStaysOneWithinAnArgumentAndNotAcrossThem() {
    List<String> one = new ArrayList<>();
    assertFalse(Ray.task((a, b) -> a == b, one, one).remote().get());
    assertTrue(Ray.task(l -> l.getFirst() == l.getLast(), List.of(one, one)).remote().get());
    List<String> captured = one;
    assertTrue(Ray.task(() -> captured == one).remote().get());
  }

  @Test
  void aBorrowerThatCancelsWhatWasPutHearsNothing() {
    ObjectRef<String> put = Ray.put("value");
    assertTrue(Ray.task(SemanticsTest::cancels, List.of(put)).remote().get());
    assertEquals("value", put.get());
  }

  @Test
  void theOneNodeOffersWhatRaysDo() {
    NodeInfo node = Ray.nodes().getFirst();
    assertEquals(1, Ray.nodes().size());
    assertTrue(node.alive());
    assertTrue(node.nodeId().matches("[0-9a-f]{56}"), node.nodeId());
    assertEquals(2.0, node.resources().get("CPU"));
    assertEquals(1.0, node.resources().get("GPU"));
    assertEquals(Ray.clusterResources(), node.resources());
    assertTrue(
        node.resources()
            .keySet()
            .containsAll(List.of("memory", "object_store_memory", "node:127.0.0.1")));
    assertFalse(Ray.availableResources().isEmpty());
  }
}
