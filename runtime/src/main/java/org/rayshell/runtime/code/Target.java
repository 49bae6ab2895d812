package org.rayshell.runtime.code;

import org.rayshell.runtime.store.ByteSink;
import org.rayshell.runtime.store.ByteSource;
import org.rayshell.runtime.store.EncodedValue;

/**
 * What a {@link ShippedCall} calls. A call brings the values of the captured variables along if
 * they are small: code that reads a variable which changes all the time stays one export then.
 */
sealed interface Target {
  /** Larger values are part of the export. */
  int MOST_INLINE_BYTES = 64 << 10;

  /** The values of the captured variables; null if they are in the export, or there are none. */
  byte[] values();

  /** A static method. */
  record Function(Member method, byte[] values) implements Target {}

  /**
   * A lambda, encoded.
   *
   * @param constant whether it captures nothing, so that one serves all calls
   */
  record Lambda(EncodedValue lambda, boolean constant, byte[] values) implements Target {}

  /** The target as bytes. */
  default byte[] encode() {
    ByteSink out = new ByteSink(128);
    if (this instanceof Function(Member method, _)) {
      out.u1(0);
      out.text(method.owner());
      out.text(method.name());
      out.text(method.descriptor());
    } else if (this instanceof Lambda(EncodedValue lambda, boolean constant, _)) {
      out.u1(constant ? 2 : 1);
      out.block(lambda.bytes());
    }
    out.u1(values() == null ? 0 : 1);
    if (values() != null) {
      out.block(values());
    }
    return out.toArray();
  }

  /** What {@link #encode} made. */
  static Target decode(byte[] bytes) {
    ByteSource in = new ByteSource(bytes, 0);
    int kind = in.u1();
    if (kind == 0) {
      Member method = new Member(in.text(), in.text(), in.text());
      return new Function(method, values(in));
    }
    EncodedValue lambda = new EncodedValue(in.block());
    return new Lambda(lambda, kind == 2, values(in));
  }

  private static byte[] values(ByteSource in) {
    return in.u1() == 0 ? null : in.block();
  }
}
