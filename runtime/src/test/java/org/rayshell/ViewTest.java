package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.testing.Meeting;
import org.rayshell.testing.NothingLeft;

/** Values that are read where they are in the object store. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class ViewTest {
  private static final int LENGTH = 1 << 20;

  @BeforeEach
  void start() {
    Ray.init(RayOptions.create().numCpus(2).objectStoreMemory(96L << 20).includeDashboard(false));
  }

  @AfterEach
  void end() {
    Ray.shutdown();
  }

  private static double[] numbers(int length) {
    double[] made = new double[length];
    Arrays.setAll(made, i -> i);
    return made;
  }

  private static double at(MemorySegment segment, int index) {
    return segment.getAtIndex(ValueLayout.JAVA_DOUBLE, index);
  }

  private static double third(List<ObjectRef<double[]>> inside) {
    return at(Ray.view(inside.getFirst()), 2);
  }

  @Test
  void arraysAreViewedWhereTheyAreInEveryProcess() {
    ObjectRef<double[]> put = Ray.put(numbers(LENGTH));
    MemorySegment view = Ray.view(put);
    assertEquals(8L * LENGTH, view.byteSize());
    assertEquals(LENGTH - 1, at(view, LENGTH - 1));
    assertTrue(view.isReadOnly());
    assertTrue(view.isMapped());
    assertEquals(0, view.address() % 64);
    assertEquals(2, Ray.task(ViewTest::third, List.of(put)).remote().get());
    ObjectRef<double[]> made = Ray.task(ViewTest::numbers, LENGTH).remote();
    assertEquals(7, at(Ray.view(made, Duration.ofMinutes(1)), 7));
    assertEquals(2, Ray.task(ViewTest::third, List.of(made)).remote().get());
  }

  @Test
  void smallOnesToo() {
    ObjectRef<double[]> put = Ray.put(numbers(10));
    assertEquals(9, at(Ray.view(put), 9));
    assertEquals(80, Ray.view(put).byteSize());
    assertEquals(0, Ray.view(Ray.put(new int[0])).byteSize());
    MemorySegment flags = Ray.view(Ray.put(new boolean[] {false, true}));
    assertEquals(1, flags.get(ValueLayout.JAVA_BYTE, 1));
  }

  @Test
  void aViewOutlivesItsRefAndItsSession() {
    MemorySegment view = viewOfGarbage();
    for (int i = 0; i < 40; i++) {
      Ray.put(new byte[8 << 20]);
    }
    assertEquals(11, at(view, 11));
    Ray.shutdown();
    assertEquals(LENGTH - 5, at(view, LENGTH - 5));
  }

  private static MemorySegment viewOfGarbage() {
    ObjectRef<double[]> ref = Ray.put(numbers(LENGTH));
    MemorySegment view = Ray.view(ref);
    Ray.free(List.of(ref));
    return view.asSlice(0, 8L * LENGTH);
  }

  @Test
  void whatIsSpilledIsViewedInItsFile() {
    ObjectRef<double[]> first = Ray.put(numbers(LENGTH));
    List<ObjectRef<byte[]>> others =
        java.util.stream.Stream.generate(() -> Ray.put(new byte[8 << 20])).limit(20).toList();
    assertEquals(13, at(Ray.view(first), 13));
    assertEquals(2, Ray.task(ViewTest::third, List.of(first)).remote().get());
    assertEquals(20, others.size());
  }

  private static ByteBuffer buffer(int bytes, ByteOrder order) {
    ByteBuffer made = ByteBuffer.allocate(bytes).order(order);
    for (int i = 0; i < bytes / 8; i++) {
      made.putLong(i);
    }
    return made.position(8).limit(bytes - 8);
  }

  private static long sum(ByteBuffer buffer) {
    long sum = 0;
    while (buffer.hasRemaining()) {
      sum += buffer.getLong();
    }
    return sum;
  }

  @Test
  void largeBuffersAreGotWithoutACopyAndForReading() {
    for (int bytes : new int[] {800, 8_000_000}) {
      for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
        ByteBuffer value = buffer(bytes, order);
        long sum = sum(value.duplicate().order(order));
        ObjectRef<ByteBuffer> ref = Ray.put(value);
        assertEquals(8, value.position());
        ByteBuffer got = ref.get();
        assertEquals(value, got);
        assertEquals(order, got.order());
        assertEquals(bytes, got.capacity());
        if (bytes > 100_000) {
          assertThrows(ReadOnlyBufferException.class, () -> got.put(0, (byte) 1));
        }
        assertEquals(sum, sum(got));
        assertEquals(sum, Ray.task(ViewTest::sum, ref).remote().get());
        assertEquals(bytes, Ray.view(ref).byteSize());
      }
    }
  }

  private static double last(MemorySegment segment) {
    return segment.getAtIndex(ValueLayout.JAVA_DOUBLE, segment.byteSize() / 8 - 1);
  }

  private static MemorySegment segment(int length) {
    return MemorySegment.ofArray(numbers(length));
  }

  @Test
  void segmentsAreGotWithoutACopyAndForReading() {
    for (int length : new int[] {10, LENGTH}) {
      ObjectRef<MemorySegment> ref = Ray.put(segment(length));
      MemorySegment got = ref.get();
      assertTrue(got.isReadOnly());
      assertEquals(length - 1, last(got));
      assertEquals(length - 1, Ray.task(ViewTest::last, ref).remote().get());
      assertEquals(length - 1, last(Ray.get(Ray.task(ViewTest::segment, length).remote())));
    }
  }

  @Test
  void insideOtherValuesBuffersAreCopies() {
    ByteBuffer got = Ray.put(List.of(buffer(800_000, ByteOrder.BIG_ENDIAN))).get().getFirst();
    assertFalse(got.isReadOnly());
    assertEquals(buffer(800_000, ByteOrder.BIG_ENDIAN), got);
  }

  @Test
  void anythingElseIsRefused() {
    ObjectRef<String> text = Ray.put("text");
    String message =
        assertThrows(IllegalArgumentException.class, () -> Ray.view(text)).getMessage();
    assertTrue(message.contains("primitive array"), message);
    assertThrows(NullPointerException.class, () -> Ray.view(null));
    ObjectRef<Integer> failed =
        Ray.task(n -> Integer.parseInt("x" + n), 1).options(o -> o.maxRetries(0)).remote();
    assertThrows(RayTaskException.class, () -> Ray.view(failed));
  }

  private static double[] waits(int port) {
    Meeting.come(port, "");
    return new double[1];
  }

  @Test
  void aViewOfWhatIsNotThereWaitsAsLongAsItMay() throws Exception {
    try (Meeting meeting = new Meeting()) {
      ObjectRef<double[]> ref = Ray.task(ViewTest::waits, meeting.port()).remote();
      meeting.next();
      assertThrows(RayTimeoutException.class, () -> Ray.view(ref, Duration.ZERO));
      Ray.shutdown();
    }
  }
}
