package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.testing.NothingLeft;

/** Values of 200 MB go every way that values can, between workers with the least heap. */
@ExtendWith(NothingLeft.class)
@Timeout(180)
class LargeValuesTest {
  private static final int BYTES = 200_000_000;

  @BeforeAll
  static void start() {
    Ray.init(RayOptions.create().numCpus(2).workerHeap(1L << 30).includeDashboard(false));
  }

  @AfterAll
  static void end() {
    Ray.shutdown();
  }

  private static byte[] make(int seed) {
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < bytes.length; i += 4096) {
      bytes[i] = (byte) (i / 4096 + seed);
    }
    return bytes;
  }

  private static long check(byte[] bytes) {
    assertEquals(BYTES, bytes.length);
    long sum = 0;
    for (int i = 0; i < bytes.length; i += 4096) {
      sum += bytes[i];
    }
    return sum;
  }

  private static long ofRef(List<ObjectRef<byte[]>> inside) {
    return check(inside.getFirst().get());
  }

  private static byte[] twice(byte[] bytes) {
    bytes[0] = 77;
    return bytes;
  }

  private static ObjectRef<byte[]> nested(int seed) {
    ObjectRef<byte[]> made = Ray.task(LargeValuesTest::make, seed).remote();
    check(made.get());
    return made;
  }

  @Test
  void asAnArgumentAndCaptured() {
    byte[] value = make(1);
    long sum = check(value);
    assertEquals(sum, Ray.task(LargeValuesTest::check, value).remote().get());
    assertEquals(sum, Ray.task(() -> check(value)).remote().get());
  }

  @Test
  void putAndFetchedByTheDriverAndByTasks() {
    byte[] value = make(2);
    long sum = check(value);
    ObjectRef<byte[]> ref = Ray.put(value);
    assertArrayEquals(value, ref.get());
    assertEquals(sum, Ray.task(LargeValuesTest::check, ref).remote().get());
    assertEquals(sum, Ray.task(LargeValuesTest::ofRef, List.of(ref)).remote().get());
  }

  @Test
  void asAResultThatOthersTakeAsAnArgument() {
    ObjectRef<byte[]> made = Ray.task(LargeValuesTest::make, 3).remote();
    ObjectRef<byte[]> changed = Ray.task(LargeValuesTest::twice, made).remote();
    assertEquals(77, changed.get()[0]);
    assertEquals(check(make(3)), check(made.get()));
  }

  @Test
  void ownedByAWorkerAndFetchedByTheDriverAndByAnother() {
    ObjectRef<byte[]> inner = Ray.task(LargeValuesTest::nested, 4).remote().get();
    long sum = check(make(4));
    assertEquals(sum, check(inner.get()));
    assertEquals(sum, Ray.task(LargeValuesTest::check, inner).remote().get());
  }

  @Test
  void manyObjectsInOneValue() {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 1_000_000; i++) {
      words.add("word " + i);
    }
    assertEquals(words, Ray.task(list -> list, words).remote().get());
  }
}
