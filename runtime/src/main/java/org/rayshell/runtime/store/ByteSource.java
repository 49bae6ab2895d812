package org.rayshell.runtime.store;

import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link ByteSink} wrote. Every length is checked against the bytes that are left before
 * anything is allocated for it. One thread's.
 */
public final class ByteSource {
  private final byte[] bytes;
  private int at;

  /** Reads from there on. */
  public ByteSource(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  /** How many bytes are left. */
  public int left() {
    return bytes.length - at;
  }

  /** How many bytes were before. */
  int at() {
    return at;
  }

  /** A byte, 0 to 255. */
  public int u1() {
    need(1);
    return bytes[at++] & 0xff;
  }

  /** Two bytes, 0 to 65535. */
  public int u2() {
    return u1() | u1() << 8;
  }

  /** Four bytes. */
  public int u4() {
    need(4);
    int value = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += 8) {
      value |= (bytes[at++] & 0xff) << shift;
    }
    return value;
  }

  /** Eight bytes. */
  public long u8() {
    return u4() & 0xffff_ffffL | (long) u4() << Integer.SIZE;
  }

  /** A number from 0 to {@code most}. */
  public int count(long most) {
    long value = varint();
    if (value < 0 || value > most) {
      throw new DamagedValueException("a count is larger than its bytes allow: count=" + value);
    }
    return (int) value;
  }

  /** How many things follow that take at least one byte each. */
  public int count() {
    return countOf(1);
  }

  /** How many things follow that take so many bytes each. */
  private int countOf(int width) {
    int value = count(Integer.MAX_VALUE);
    if (value > left() / width) {
      throw new DamagedValueException("a count is larger than its bytes allow: count=" + value);
    }
    return value;
  }

  /** What {@link ByteSink#zigzag} wrote. */
  public long zigzag() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = u1();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new DamagedValueException("a number does not end: at=" + at);
  }

  /** So many bytes. */
  public byte[] raw(int length) {
    need(length);
    byte[] value = new byte[length];
    System.arraycopy(bytes, at, value, 0, length);
    at += length;
    return value;
  }

  /** What {@link ByteSink#block} wrote. */
  public byte[] block() {
    return raw(count());
  }

  /** What {@link ByteSink#text} wrote. */
  public String text() {
    if (u1() == 0) {
      int length = count();
      String value = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
      at += length;
      return value;
    }
    return new String((char[]) array(PrimitiveArrays.CHARS));
  }

  /** The number of elements, and the elements of a primitive array. */
  Object array(PrimitiveArrays kind) {
    int length = countOf(kind.width());
    Object array = kind.read(bytes, at, length);
    at += length * kind.width();
    return array;
  }

  private void need(int more) {
    if (more > bytes.length - at) {
      throw new DamagedValueException(
          "it ends too early: needed=" + more + " left=" + (bytes.length - at));
    }
  }
}
