package org.rayshell.runtime.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.rayshell.runtime.ObjectId;

/**
 * Builds one frame. Large arrays are not copied: they become segments of their own. For one thread;
 * used again for the next frame after {@link #reset}.
 */
final class WireWriter {
  /** From this size on an array is sent from where it is. */
  private static final int OWN_SEGMENT = 32 << 10;

  private final List<ByteBuffer> segments = new ArrayList<>();
  private byte[] buffer = new byte[1024];
  private int position;
  private long closedBytes;

  void reset() {
    segments.clear();
    closedBytes = 0;
    position = 0;
  }

  /** How long the frame is so far, in bytes. */
  long length() {
    return closedBytes + position;
  }

  /** How much is written since the last large array, in bytes. */
  int tailBytes() {
    return position;
  }

  /** Puts what is written since the last large array into a buffer that has room for it. */
  void putTail(ByteBuffer target) {
    target.put(buffer, 0, position);
  }

  /** The segments before the tail, in order. */
  List<ByteBuffer> segments() {
    return segments;
  }

  void u8(int value) {
    room(1);
    buffer[position++] = (byte) value;
  }

  void bool(boolean value) {
    u8(value ? 1 : 0);
  }

  void i32(int value) {
    room(4);
    putInt(position, value);
    position += 4;
  }

  void i64(long value) {
    i32((int) (value >> 32));
    i32((int) value);
  }

  void f64(double value) {
    i64(Double.doubleToLongBits(value));
  }

  /** A text of any length, or null. */
  void text(String value) {
    if (value == null) {
      i32(-1);
    } else {
      bytes(value.getBytes(StandardCharsets.UTF_8));
    }
  }

  void bytes(byte[] value) {
    i32(value.length);
    if (value.length < OWN_SEGMENT) {
      room(value.length);
      System.arraycopy(value, 0, buffer, position, value.length);
      position += value.length;
      return;
    }
    segments.add(ByteBuffer.wrap(Arrays.copyOf(buffer, position)));
    segments.add(ByteBuffer.wrap(value));
    closedBytes += (long) position + value.length;
    position = 0;
  }

  void id(ObjectId id) {
    i64(id.unique());
    i32(id.job());
    i32(id.index());
  }

  void amounts(Map<String, Double> amounts) {
    i32(amounts.size());
    amounts.forEach((name, amount) -> {
      text(name);
      f64(amount);
    });
  }

  /** Fills in the frame's first four bytes, once the rest is written. */
  void patchLength(int value) {
    if (segments.isEmpty()) {
      putInt(0, value);
    } else {
      segments.getFirst().putInt(0, value);
    }
  }

  private void putInt(int at, int value) {
    buffer[at] = (byte) (value >> 24);
    buffer[at + 1] = (byte) (value >> 16);
    buffer[at + 2] = (byte) (value >> 8);
    buffer[at + 3] = (byte) value;
  }

  private void room(int bytes) {
    if (buffer.length - position < bytes) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, position + bytes));
    }
  }
}
