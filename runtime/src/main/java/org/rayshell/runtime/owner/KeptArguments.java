package org.rayshell.runtime.owner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.store.EncodedValue;

/**
 * How a task keeps its arguments while it waits: small values as one array of bytes instead of a
 * list of objects, since a million tasks may wait; others as they are. Thread-safe, without state.
 */
final class KeptArguments {
  /** Of each, so that one byte says how many they are. */
  private static final int MOST_BYTES = 255;

  private KeptArguments() {}

  /** The arguments to be kept: a {@code byte[]}, or the list itself. */
  static Object keep(List<ShippedCall.Arg> args) {
    int bytes = 0;
    for (int i = 0; i < args.size(); i++) {
      if (!isSmall(args.get(i))) {
        return args;
      }
      bytes += 1 + value(args.get(i)).size();
    }
    return bytes == 0 ? args : together(args, bytes);
  }

  private static boolean isSmall(ShippedCall.Arg arg) {
    return arg instanceof ShippedCall.Arg.Value(EncodedValue value)
        && value.block() == null
        && value.refs().isEmpty()
        && value.size() <= MOST_BYTES;
  }

  private static EncodedValue value(ShippedCall.Arg arg) {
    return ((ShippedCall.Arg.Value) arg).value();
  }

  private static byte[] together(List<ShippedCall.Arg> args, int bytes) {
    byte[] kept = new byte[bytes];
    int at = 0;
    for (int i = 0; i < args.size(); i++) {
      byte[] value = value(args.get(i)).heap();
      kept[at++] = (byte) value.length;
      System.arraycopy(value, 0, kept, at, value.length);
      at += value.length;
    }
    return kept;
  }

  /** Whether the arguments are small values. */
  static boolean areSmall(Object kept) {
    return kept instanceof byte[];
  }

  /** The small values again. */
  static List<EncodedValue> values(Object kept) {
    byte[] bytes = (byte[]) kept;
    List<EncodedValue> values = new ArrayList<>();
    for (int at = 0; at < bytes.length; ) {
      int from = at + 1;
      at = from + (bytes[at] & 0xff);
      values.add(new EncodedValue(Arrays.copyOfRange(bytes, from, at)));
    }
    return values;
  }

  /** The arguments again. */
  static List<ShippedCall.Arg> list(Object kept) {
    if (areSmall(kept)) {
      return values(kept).stream().<ShippedCall.Arg>map(ShippedCall.Arg.Value::new).toList();
    }
    @SuppressWarnings("unchecked")
    List<ShippedCall.Arg> args = (List<ShippedCall.Arg>) kept;
    return args;
  }
}
