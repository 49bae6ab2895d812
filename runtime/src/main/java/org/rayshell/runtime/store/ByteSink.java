package org.rayshell.runtime.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array; numbers are little endian, counts are varints. One thread's. */
public final class ByteSink {
  private static final int LARGEST = Integer.MAX_VALUE - 16;

  private byte[] bytes;
  private int size;

  /** An empty one with room for so many bytes. */
  public ByteSink(int capacity) {
    bytes = new byte[capacity];
  }

  /** How many bytes there are. */
  public int size() {
    return size;
  }

  /** The bytes. */
  public byte[] toArray() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  /** The lowest byte. */
  public void u1(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  /** The lowest two bytes. */
  public void u2(int value) {
    u1(value);
    u1(value >> 8);
  }

  /** Four bytes. */
  public void u4(int value) {
    room(4);
    for (int shift = 0; shift < Integer.SIZE; shift += 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  /** Eight bytes. */
  public void u8(long value) {
    u4((int) value);
    u4((int) (value >>> Integer.SIZE));
  }

  /** A number of 0 or more in as few bytes as it needs. */
  public void count(int value) {
    varint(value & 0xffff_ffffL);
  }

  /** A number whose small absolute values take few bytes. */
  public void zigzag(long value) {
    varint(value << 1 ^ value >> Long.SIZE - 1);
  }

  private void varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** The bytes alone. */
  public void raw(byte[] value) {
    raw(value, 0, value.length);
  }

  /** Some of the bytes alone. */
  public void raw(byte[] value, int from, int length) {
    room(length);
    System.arraycopy(value, from, bytes, size, length);
    size += length;
  }

  /** Length and bytes. */
  public void block(byte[] value) {
    count(value.length);
    raw(value);
  }

  /** A coder byte, the number of chars, the chars in Latin-1 or UTF-16. */
  public void text(String value) {
    byte[] latin = value.getBytes(StandardCharsets.ISO_8859_1);
    if (isLatin(value, latin)) {
      u1(0);
      block(latin);
    } else {
      u1(1);
      array(PrimitiveArrays.CHARS, value.toCharArray());
    }
  }

  /** A lone surrogate would not survive a charset, so the question is asked of each char. */
  private static boolean isLatin(String value, byte[] latin) {
    for (int i = 0; i < latin.length; i++) {
      if (latin[i] == '?' && value.charAt(i) != '?') {
        return false;
      }
    }
    return latin.length == value.length();
  }

  /** The number of elements and the elements of a primitive array, in one copy. */
  void array(PrimitiveArrays kind, Object array) {
    long length = kind.byteSize(array);
    if (length > LARGEST) {
      tooLarge(length);
    }
    count(java.lang.reflect.Array.getLength(array));
    room((int) length);
    kind.write(array, bytes, size);
    size += (int) length;
  }

  private void room(int more) {
    if (more > bytes.length - size) {
      long needed = (long) size + more;
      if (needed > LARGEST) {
        tooLarge(needed);
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(LARGEST, Math.max(needed, size * 2L)));
    }
  }

  private static void tooLarge(long size) {
    throw new UnshippableException(
        "it takes more than " + LARGEST + " bytes: size=" + size + "; send it in parts");
  }
}
