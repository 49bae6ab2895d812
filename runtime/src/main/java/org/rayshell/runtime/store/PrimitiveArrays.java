package org.rayshell.runtime.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Array;
import java.nio.ByteOrder;

/** The eight kinds of primitive arrays, as bytes in one copy; little endian. */
enum PrimitiveArrays {
  BOOLEANS(boolean.class, 1, null),
  BYTES(byte.class, 1, ValueLayout.JAVA_BYTE),
  SHORTS(short.class, 2, ValueLayout.JAVA_SHORT_UNALIGNED),
  CHARS(char.class, 2, ValueLayout.JAVA_CHAR_UNALIGNED),
  INTS(int.class, 4, ValueLayout.JAVA_INT_UNALIGNED),
  LONGS(long.class, 8, ValueLayout.JAVA_LONG_UNALIGNED),
  FLOATS(float.class, 4, ValueLayout.JAVA_FLOAT_UNALIGNED),
  DOUBLES(double.class, 8, ValueLayout.JAVA_DOUBLE_UNALIGNED);

  private static final PrimitiveArrays[] ALL = values();

  private final Class<?> component;
  private final int width;
  private final ValueLayout layout;

  PrimitiveArrays(Class<?> component, int width, ValueLayout layout) {
    this.component = component;
    this.width = width;
    this.layout = layout;
  }

  /** The kind of a class; null if it is not a primitive array's. */
  static PrimitiveArrays of(Class<?> type) {
    Class<?> component = type.componentType();
    if (component == null || !component.isPrimitive()) {
      return null;
    }
    for (PrimitiveArrays kind : ALL) {
      if (kind.component == component) {
        return kind;
      }
    }
    return null;
  }

  static PrimitiveArrays of(int ordinal) {
    return ordinal < ALL.length ? ALL[ordinal] : null;
  }

  /** How many bytes an array takes. */
  long byteSize(Object array) {
    return (long) Array.getLength(array) * width;
  }

  /** What its elements are, {@code double}. */
  Class<?> component() {
    return component;
  }

  /** Whether the elements are copied as they are, and not one by one. */
  boolean isCopied() {
    return layout != null;
  }

  int width() {
    return width;
  }

  /** Copies the elements to where the bytes are to begin. */
  void write(Object array, byte[] to, int at) {
    int length = Array.getLength(array);
    if (array instanceof boolean[] flags) {
      for (int i = 0; i < length; i++) {
        to[at + i] = (byte) (flags[i] ? 1 : 0);
      }
      return;
    }
    write(array, MemorySegment.ofArray(to), at);
  }

  /** The same of one that is copied. */
  void write(Object array, MemorySegment to, long at) {
    MemorySegment.copy(segment(array), heap(), 0, to, wire(), at, Array.getLength(array));
  }

  /** An array of so many elements from the bytes; the caller has checked that they are there. */
  Object read(byte[] from, int at, int length) {
    Object array = Array.newInstance(component, length);
    if (array instanceof boolean[] flags) {
      for (int i = 0; i < length; i++) {
        flags[i] = from[at + i] != 0;
      }
      return array;
    }
    return read(array, MemorySegment.ofArray(from), at, length);
  }

  /** The same of one that is copied. */
  Object read(MemorySegment from, long at, int length) {
    return read(Array.newInstance(component, length), from, at, length);
  }

  private Object read(Object array, MemorySegment from, long at, int length) {
    MemorySegment.copy(from, wire(), at, segment(array), heap(), 0, length);
    return array;
  }

  private ValueLayout heap() {
    return layout.withOrder(ByteOrder.nativeOrder());
  }

  private ValueLayout wire() {
    return layout.withOrder(ByteOrder.LITTLE_ENDIAN);
  }

  private static MemorySegment segment(Object array) {
    return switch (array) {
      case byte[] a -> MemorySegment.ofArray(a);
      case short[] a -> MemorySegment.ofArray(a);
      case char[] a -> MemorySegment.ofArray(a);
      case int[] a -> MemorySegment.ofArray(a);
      case long[] a -> MemorySegment.ofArray(a);
      case float[] a -> MemorySegment.ofArray(a);
      case double[] a -> MemorySegment.ofArray(a);
      default -> throw new IllegalArgumentException("not a primitive array: " + array.getClass());
    };
  }
}
