package org.rayshell.runtime.store;

/** Values without identity: null and the boxed primitives. */
final class Scalars {
  private Scalars() {}

  /** Whether the value is one, which then has been written. No pattern switch: it starts slowly. */
  static boolean write(Object value, ByteSink out) {
    if (value == null) {
      out.u1(Tag.NULL);
    } else if (value instanceof Integer number) {
      out.u1(Tag.INT);
      out.zigzag(number);
    } else if (value instanceof Long number) {
      out.u1(Tag.LONG);
      out.zigzag(number);
    } else if (value instanceof Double number) {
      out.u1(Tag.DOUBLE);
      out.u8(Double.doubleToRawLongBits(number));
    } else if (value instanceof Boolean flag) {
      out.u1(flag ? Tag.TRUE : Tag.FALSE);
    } else if (value instanceof Character character) {
      out.u1(Tag.CHAR);
      out.u2(character);
    } else if (value instanceof Byte number) {
      out.u1(Tag.BYTE);
      out.u1(number);
    } else if (value instanceof Short number) {
      out.u1(Tag.SHORT);
      out.u2(number);
    } else if (value instanceof Float number) {
      out.u1(Tag.FLOAT);
      out.u4(Float.floatToRawIntBits(number));
    } else {
      return false;
    }
    return true;
  }
}
