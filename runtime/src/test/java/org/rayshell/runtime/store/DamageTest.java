package org.rayshell.runtime.store;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rayshell.RayException;

/** Bytes that no codec wrote are refused: they neither hang nor make the reader allocate. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DamageTest {
  private static final long SEED = 20261123;

  record Point(int x, String name, Object rest) {}

  static class Box {
    Object held = new Point(1, "box", List.of(1, 2));
    long[] numbers = {1, 2, 3};
    double size = 2.5;
  }

  private static final List<Object> VALUES =
      List.of(
          "text",
          new int[] {1, 2, 3},
          new String[][] {{"a"}, {"b", "c"}},
          new Point(1, "p", List.of("x", Map.of(1, 2L))),
          new Box(),
          new TreeMap<>(Map.of("a", 1, "b", 2)),
          new ArrayList<>(List.of(BigInteger.TEN, new BitSet())),
          new Hashtable<>(Map.of("k", new Box())),
          new IllegalStateException("x", new RuntimeException("y")),
          Codecs.ref(5));

  private final ValueCodec codec = Codecs.codec();

  /** Any value or any {@link RayException} will do. */
  private void tryToDecode(byte[] bytes) {
    try {
      codec.decode(new EncodedValue(bytes), DamageTest.class.getClassLoader());
    } catch (RayException _) {
      // Refused, as it should be.
    }
  }

  @Test
  void changedBytesAreReadOrRefused() {
    Random random = new Random(SEED);
    for (Object value : VALUES) {
      byte[] good = codec.encode(value).bytes();
      for (int round = 0; round < 2_000; round++) {
        byte[] bad = good.clone();
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
          bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
        }
        tryToDecode(bad);
      }
    }
  }

  @Test
  void everyTruncationIsRefused() {
    for (Object value : VALUES) {
      byte[] good = codec.encode(value).bytes();
      for (int length = 0; length < good.length; length++) {
        EncodedValue cut = new EncodedValue(Arrays.copyOf(good, length));
        assertThrows(
            RayException.class,
            () -> codec.decode(cut, DamageTest.class.getClassLoader()),
            () -> value + " cut to " + cut.size());
      }
    }
  }

  @Test
  void noiseIsReadOrRefused() {
    Random random = new Random(SEED);
    for (int round = 0; round < 20_000; round++) {
      byte[] noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);
      tryToDecode(noise);
    }
  }

  @Test
  void hugeCountsAreRefusedBeforeAnythingIsAllocated() {
    for (int tag : new int[] {Tag.PRIMITIVES, Tag.OBJECTS, Tag.COLLECTION, Tag.MAP, Tag.STRING}) {
      byte[] bytes = {(byte) tag, 0, -1, -1, -1, -1, 7, 0, 0};
      assertThrows(
          RayException.class,
          () -> codec.decode(new EncodedValue(bytes), DamageTest.class.getClassLoader()));
    }
  }

  @Test
  void unknownClassesAreNamed() {
    byte[] bytes = codec.encode(new Point(1, "x", null)).bytes();
    String message =
        assertThrows(
                RayException.class,
                () -> codec.decode(new EncodedValue(bytes), ClassLoader.getPlatformClassLoader()))
            .getMessage();
    assertTrue(message.contains("its class is not here: " + Point.class.getName()), message);
  }
}
