package org.rayshell.runtime.store;

/** The first byte of every value: what follows it. Numbers are the wire's and never reused. */
final class Tag {
  static final int NULL = 0;
  static final int FALSE = 1;
  static final int TRUE = 2;
  static final int BYTE = 3;
  static final int SHORT = 4;
  static final int CHAR = 5;
  static final int INT = 6;
  static final int LONG = 7;
  static final int FLOAT = 8;
  static final int DOUBLE = 9;

  /** From here on values have an identity: each takes the next slot, by which it is named again. */
  static final int STRING = 10;

  /** A value that was met before, by its slot. */
  static final int AGAIN = 11;

  static final int PRIMITIVES = 12;
  static final int OBJECTS = 13;
  static final int ENUM = 14;
  static final int CLASS = 15;
  static final int REF = 16;
  static final int LAMBDA = 17;
  static final int RECORD = 18;
  static final int FIELDS = 19;
  static final int COLLECTION = 20;
  static final int MAP = 21;
  static final int PLATFORM = 22;
  static final int JAVA_STREAM = 23;

  /** At the start only: a buffer whose bytes are not copied. */
  static final int BUFFER = 24;

  /** At the start only: the hashes of the exports whose code the value needs, then the value. */
  static final int WITH_CODE = 64;

  private Tag() {}
}
