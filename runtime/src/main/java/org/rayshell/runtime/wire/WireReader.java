package org.rayshell.runtime.wire;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rayshell.runtime.ObjectId;

/**
 * Reads the body of one frame, which lies in chunks as it arrived. A chunk is let go once it is
 * read, so that a large value is held twice at most. For one thread.
 */
final class WireReader {
  private final byte[][] chunks;
  private int remaining;
  private int chunk;
  private int position;

  /**
   * @param chunks the body, in order; entries are set to null as they are read
   * @param length how many bytes of them count
   */
  WireReader(byte[][] chunks, int length) {
    this.chunks = chunks;
    this.remaining = length;
  }

  int u8() throws ProtocolException {
    need(1);
    if (position == chunks[chunk].length) {
      nextChunk();
    }
    remaining--;
    return chunks[chunk][position++] & 0xff;
  }

  boolean bool() throws ProtocolException {
    return u8() != 0;
  }

  int i32() throws ProtocolException {
    need(4);
    if (chunks[chunk].length - position >= 4) {
      byte[] c = chunks[chunk];
      int value =
          (c[position] & 0xff) << 24
              | (c[position + 1] & 0xff) << 16
              | (c[position + 2] & 0xff) << 8
              | c[position + 3] & 0xff;
      position += 4;
      remaining -= 4;
      return value;
    }
    return u8() << 24 | u8() << 16 | u8() << 8 | u8();
  }

  long i64() throws ProtocolException {
    return (long) i32() << 32 | i32() & 0xffffffffL;
  }

  double f64() throws ProtocolException {
    return Double.longBitsToDouble(i64());
  }

  /** A text that is never null. */
  String name() throws ProtocolException {
    String name = text();
    if (name == null) {
      throw new ProtocolException("a text is missing: bytesLeft=" + remaining);
    }
    return name;
  }

  /** A text, or null. */
  String text() throws ProtocolException {
    int length = i32();
    return length == -1 ? null : new String(take(length), StandardCharsets.UTF_8);
  }

  byte[] bytes() throws ProtocolException {
    return bytes(i32());
  }

  /** Bytes whose length has been read. */
  byte[] bytes(int length) throws ProtocolException {
    return take(length);
  }

  ObjectId id() throws ProtocolException {
    return new ObjectId(i64(), i32(), i32());
  }

  Map<String, Double> amounts() throws ProtocolException {
    int size = count(12);
    Map<String, Double> amounts = LinkedHashMap.newLinkedHashMap(size);
    for (int i = 0; i < size; i++) {
      amounts.put(name(), f64());
    }
    return amounts;
  }

  /** A count of elements, each at least so many bytes long: never more than could be there. */
  int count(int leastBytes) throws ProtocolException {
    int count = i32();
    if (count < 0 || (long) count * leastBytes > remaining) {
      throw new ProtocolException(
          "a count is larger than its frame: count=" + count + ", bytesLeft=" + remaining);
    }
    return count;
  }

  /** Checks that the body was read to its end. */
  void end() throws ProtocolException {
    if (remaining != 0) {
      throw new ProtocolException("bytes after the message's end: bytesLeft=" + remaining);
    }
  }

  private byte[] take(int length) throws ProtocolException {
    if (length < 0) {
      throw new ProtocolException("a length is negative: length=" + length);
    }
    need(length);
    byte[] result = new byte[length];
    for (int done = 0; done < length; ) {
      if (position == chunks[chunk].length) {
        nextChunk();
      }
      int part = Math.min(length - done, chunks[chunk].length - position);
      System.arraycopy(chunks[chunk], position, result, done, part);
      position += part;
      done += part;
    }
    remaining -= length;
    return result;
  }

  private void nextChunk() {
    chunks[chunk++] = null;
    position = 0;
  }

  private void need(int bytes) throws ProtocolException {
    if (remaining < bytes) {
      throw new ProtocolException(
          "the message ends too early: bytesWanted=" + bytes + ", bytesLeft=" + remaining);
    }
  }
}
