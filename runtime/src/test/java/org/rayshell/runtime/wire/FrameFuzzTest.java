package org.rayshell.runtime.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.RefAddress;
import org.rayshell.runtime.store.EncodedValue;

/**
 * Frames from nowhere: each is read or refused by the one exception, and takes no more memory than
 * its bytes warrant. Seeded; a failure names the seed.
 */
@Timeout(120)
class FrameFuzzTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What a byte may cost once it is objects: a map's entry of 12 bytes, a list's of 13. */
  private static final int FACTOR = 16;

  /** For an exception with its trace, and the assembler's first chunk. */
  private static final long FIXED = 64 << 10;

  /** What stands for a length or a count at the worst places. */
  private static final int[] LENGTHS = {
    0, 1, -1, -2, 255, 65_536, 1 << 20, 1 << 24, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE
  };

  /** One of each type, those of {@link FrameTest} and those that equals cannot compare. */
  private static List<byte[]> frames() {
    ObjectId id = new ObjectId(5, 1, 1);
    EncodedValue value = new EncodedValue(new byte[] {1, 2, 3});
    ObjectRef<?> ref = FrameTest.ref(new RefAddress(id, "w1"));
    EncodedValue withRefs = new EncodedValue(new byte[] {1, 2, 3}, List.of(ref, ref));
    return Stream.concat(
            FrameTest.messages().stream(),
            Stream.of(
                new Message.Hello(Frame.VERSION, new byte[32], "w1", 4242),
                new Message.ExportCode("hash", new byte[50]),
                new Message.PushTask(
                    1,
                    id,
                    "f",
                    "h",
                    value,
                    List.of(value, withRefs),
                    List.of(),
                    1,
                    4,
                    "In [1]",
                    0,
                    FrameTest.TERMS),
                new Message.ObjectReply(7, Outcome.value(withRefs)),
                new Message.TaskDone(id, 1, Outcome.taskFailed(value, "oh"), "oh", 1, 2, 3, false),
                new Message.TaskItem(id, 1, 2, Outcome.value(value))))
        .map(FrameTest::frame)
        .toList();
  }

  /** Whether it is a message; every other end than that and a refusal fails. */
  private static boolean reads(byte[] frame, String what) {
    long most = FIXED + (long) FACTOR * frame.length;
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean read = read(frame, what);
    if (THREADS.getCurrentThreadAllocatedBytes() - before > most) {
      // The first time may link code; the second may not.
      before = THREADS.getCurrentThreadAllocatedBytes();
      read(frame, what);
      long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertTrue(
          taken <= most, () -> what + " takes " + taken + " bytes: " + Arrays.toString(frame));
    }
    return read;
  }

  private static boolean read(byte[] frame, String what) {
    try {
      FrameAssembler assembler = new FrameAssembler();
      assembler.limit(Frame.MAX_BYTES);
      WireReader body = assembler.next(ByteBuffer.wrap(frame));
      if (body != null) {
        Frame.read(body, FrameTest::ref);
      }
      return body != null;
    } catch (ProtocolException _) {
      return false;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(what + ": " + Arrays.toString(frame), e);
    }
  }

  private static byte[] fitted(byte[] frame) {
    ByteBuffer.wrap(frame).putInt(0, frame.length - 4);
    return frame;
  }

  /** Damages a frame in one of many ways. */
  private static byte[] mutated(byte[] frame, Random random) {
    byte[] copy = frame.clone();
    switch (random.nextInt(5)) {
      case 0 -> {
        for (int i = 0; i <= random.nextInt(6); i++) {
          copy[random.nextInt(copy.length)] = (byte) random.nextInt();
        }
      }
      case 1 -> copy = fitted(Arrays.copyOf(copy, 6 + random.nextInt(2 * copy.length)));
      case 2 -> {
        int at = random.nextInt(copy.length - 3);
        ByteBuffer.wrap(copy).putInt(at, LENGTHS[random.nextInt(LENGTHS.length)]);
      }
      case 3 -> {
        int at = 6 + random.nextInt(copy.length - 5);
        byte[] longer = Arrays.copyOf(copy, copy.length + 1 + random.nextInt(40));
        System.arraycopy(copy, at, longer, longer.length - (copy.length - at), copy.length - at);
        copy = fitted(longer);
      }
      default -> {
        // The body of one type under the name of another.
        copy[5] = (byte) random.nextInt(128);
      }
    }
    return copy;
  }

  private static void mutations(int from, int to) {
    List<byte[]> frames = frames();
    for (int seed = from; seed < to; seed++) {
      Random random = new Random(seed);
      byte[] frame = mutated(frames.get(random.nextInt(frames.size())), random);
      reads(random.nextInt(4) == 0 ? mutated(frame, random) : frame, "seed=" + seed);
    }
  }

  @Test
  void damagedFramesOfEveryTypeAreReadOrRefused() {
    mutations(0, 200_000);
  }

  @Test
  @Tag("campaign")
  void manyMoreDamagedFramesAreReadOrRefused() {
    mutations(200_000, 20_000_000);
  }

  @Test
  void everyLengthAtEveryPlaceIsReadOrRefused() {
    for (byte[] frame : frames()) {
      assertTrue(reads(frame, "whole"));
      for (int at = 0; at <= frame.length - 4; at++) {
        for (int length : LENGTHS) {
          byte[] copy = frame.clone();
          ByteBuffer.wrap(copy).putInt(at, length);
          reads(copy, "type=" + frame[5] + ", at=" + at + ", length=" + length);
        }
      }
    }
  }

  @Test
  void randomBodiesOfEveryTypeAreReadOrRefused() {
    for (int type = 0; type < 256; type++) {
      for (int seed = 0; seed < 200; seed++) {
        Random random = new Random(256L * seed + type);
        byte[] frame = new byte[6 + random.nextInt(300)];
        random.nextBytes(frame);
        frame[4] = Frame.VERSION;
        frame[5] = (byte) type;
        reads(fitted(frame), "type=" + type + ", seed=" + seed);
      }
    }
  }

  @Test
  void aStreamMayBeCutAnywhere() throws Exception {
    List<byte[]> frames = frames();
    ByteBuffer all = ByteBuffer.allocate(frames.stream().mapToInt(f -> f.length).sum());
    frames.forEach(all::put);
    byte[] stream = all.array();
    for (int size = 1; size <= 97; size++) {
      assertEquals(frames.size(), readInPieces(stream, size, stream.length), "size=" + size);
    }
    for (int end = 0; end < stream.length; end++) {
      int whole = 0;
      for (int at = 0; at + frames.get(whole).length <= end; whole++) {
        at += frames.get(whole).length;
      }
      assertEquals(whole, readInPieces(stream, 11, end), "end=" + end);
    }
  }

  private static int readInPieces(byte[] stream, int size, int end) throws ProtocolException {
    FrameAssembler assembler = new FrameAssembler();
    assembler.limit(Frame.MAX_BYTES);
    int count = 0;
    for (int at = 0; at < end; at += size) {
      ByteBuffer piece = ByteBuffer.wrap(stream, at, Math.min(size, end - at));
      for (WireReader body; (body = assembler.next(piece)) != null; count++) {
        Frame.read(body, FrameTest::ref);
      }
    }
    return count;
  }

  @Test
  void memoryFollowsTheBytesThatHaveCome() throws Exception {
    byte[] megabyte = new byte[1 << 20];
    for (int promised : new int[] {1 << 22, 1 << 28, Frame.MAX_BYTES}) {
      FrameAssembler assembler = new FrameAssembler();
      assembler.limit(Frame.MAX_BYTES);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      assertNull(assembler.next(ByteBuffer.allocate(4).putInt(promised).flip()));
      for (int arrived = 1; arrived < 4; arrived++) {
        assertNull(assembler.next(ByteBuffer.wrap(megabyte)));
        long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
        // A chunk ahead at most.
        long most = FIXED + (arrived + 1L) * megabyte.length;
        assertTrue(taken <= most, "promised=" + promised + ", taken=" + taken);
      }
    }
  }

  @Test
  void smallFramesWithoutEndCostNoMoreThanTheyAre() throws Exception {
    byte[] small = FrameTest.frame(new Message.Shutdown());
    FrameAssembler assembler = new FrameAssembler();
    ByteBuffer many = ByteBuffer.allocate(small.length * 10_000);
    for (int i = 0; i < 10_000; i++) {
      many.put(small);
    }
    many.flip();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    int count = 0;
    for (WireReader body; (body = assembler.next(many)) != null; count++) {
      Frame.read(body, FrameTest::ref);
    }
    assertEquals(10_000, count);
    long each = (THREADS.getCurrentThreadAllocatedBytes() - before) / count;
    assertTrue(each <= 64L * small.length, "bytes=" + each);
  }
}
