package org.rayshell.runtime.store;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.rayshell.runtime.store.arena.Block;
import org.rayshell.runtime.store.arena.BlockStore;

/**
 * Segments, and large buffers, that are values themselves and not parts of others: their bytes are
 * not copied when they are got, so they are for reading only. What comes before the bytes says
 * where they begin.
 */
final class Buffers {
  /** Tag, kind, position and limit, at most. */
  static final int HEADER_BYTES = 12;

  /** Elements of all types are aligned to it. */
  private static final int ALIGNMENT = 64;

  private static final int SEGMENT = 0;
  private static final int LITTLE_ENDIAN = 1;
  private static final int BIG_ENDIAN = 2;

  private Buffers() {}

  /**
   * Whether the value is one.
   *
   * @param most how many bytes of a buffer are copied
   */
  static boolean are(Object value, long most) {
    return value instanceof MemorySegment
        || value instanceof ByteBuffer buffer && buffer.capacity() > most;
  }

  /**
   * The value as bytes.
   *
   * @param most how many go onto the heap
   * @param store where more go; null for the heap
   * @throws UnshippableException if it is too large
   */
  static EncodedValue encode(Object value, int most, BlockStore store) {
    ByteSink sink = new ByteSink(HEADER_BYTES);
    sink.u1(Tag.BUFFER);
    MemorySegment bytes;
    if (value instanceof ByteBuffer buffer) {
      sink.u1(buffer.order() == ByteOrder.BIG_ENDIAN ? BIG_ENDIAN : LITTLE_ENDIAN);
      sink.count(buffer.position());
      sink.count(buffer.limit());
      bytes = MemorySegment.ofBuffer(buffer.duplicate().clear());
    } else {
      sink.u1(SEGMENT);
      bytes = (MemorySegment) value;
    }
    byte[] header = sink.toArray();
    long size = header.length + bytes.byteSize();
    if (size > Integer.MAX_VALUE - ALIGNMENT) {
      throw new UnshippableException(
          "it is too large: values of at most 2 GB travel in one piece; split it: bytes="
              + bytes.byteSize());
    }
    Block block =
        store == null || size <= most
            ? null
            : store.store((int) size, header.length, to -> write(header, bytes, to));
    if (block != null) {
      return new EncodedValue(null, block, List.of());
    }
    byte[] heap = new byte[(int) size];
    write(header, bytes, MemorySegment.ofArray(heap));
    return new EncodedValue(heap);
  }

  private static void write(byte[] header, MemorySegment bytes, MemorySegment to) {
    MemorySegment.copy(header, 0, to, ValueLayout.JAVA_BYTE, 0, header.length);
    MemorySegment.copy(bytes, 0, to, header.length, bytes.byteSize());
  }

  /** The buffer again, after its tag. */
  static Object decode(EncodedValue value, ByteSource header) {
    int kind = header.u1();
    if (kind == SEGMENT) {
      return bytes(value, header.at());
    }
    int position = header.count(Integer.MAX_VALUE);
    int limit = header.count(Integer.MAX_VALUE);
    ByteBuffer buffer = bytes(value, header.at()).asByteBuffer();
    if (kind > BIG_ENDIAN || limit > buffer.capacity() || position > limit) {
      throw new DamagedValueException("a buffer's limits are not within it: limit=" + limit);
    }
    return buffer
        .limit(limit)
        .position(position)
        .order(kind == BIG_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  /** The bytes alone, after the tag. */
  static MemorySegment view(EncodedValue value, ByteSource header) {
    if (header.u1() != SEGMENT) {
      header.count(Integer.MAX_VALUE);
      header.count(Integer.MAX_VALUE);
    }
    return bytes(value, header.at());
  }

  /** A copy of a buffer's bytes, aligned. */
  static MemorySegment copy(ByteBuffer buffer) {
    MemorySegment bytes = MemorySegment.ofBuffer(buffer.duplicate().clear());
    return Arena.ofAuto().allocate(bytes.byteSize(), ALIGNMENT).copyFrom(bytes).asReadOnly();
  }

  /** What comes from there on, for reading only; without a copy, if it is not on the heap. */
  static MemorySegment bytes(EncodedValue value, int from) {
    if (value.block() != null) {
      return value.block().view(from);
    }
    byte[] heap = value.heap();
    // Elements of an array of bytes are not aligned.
    MemorySegment copy = Arena.ofAuto().allocate(heap.length - from, ALIGNMENT);
    MemorySegment.copy(heap, from, copy, ValueLayout.JAVA_BYTE, 0, heap.length - from);
    return copy.asReadOnly();
  }
}
