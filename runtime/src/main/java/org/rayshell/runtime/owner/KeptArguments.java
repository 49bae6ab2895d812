package org.rayshell.runtime.owner;

import java.util.ArrayList;
import java.util.List;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.store.ByteSink;
import org.rayshell.runtime.store.ByteSource;
import org.rayshell.runtime.store.EncodedValue;

/**
 * How a task keeps its arguments while it waits: small values as one array of bytes instead of a
 * list of objects, since a million tasks may wait; others as they are. Thread-safe, without state.
 */
final class KeptArguments {
  /** Copying more is not worth the objects. */
  private static final int MOST_BYTES = 1024;

  /** Room for each length. */
  private static final int LENGTH_BYTES = 10;

  private KeptArguments() {}

  /** The arguments to be kept: a {@code byte[]}, or the list itself. */
  static Object keep(List<ShippedCall.Arg> args) {
    int bytes = smallBytes(args);
    if (bytes == 0) {
      return args;
    }
    ByteSink kept = new ByteSink(bytes + LENGTH_BYTES * args.size());
    for (int i = 0; i < args.size(); i++) {
      kept.block(((ShippedCall.Arg.Value) args.get(i)).value().heap());
    }
    return kept.toArray();
  }

  /** What they take, if they are small values all; 0 if they are not, or there are none. */
  private static int smallBytes(List<ShippedCall.Arg> args) {
    int bytes = 0;
    for (int i = 0; i < args.size(); i++) {
      if (!(args.get(i) instanceof ShippedCall.Arg.Value(EncodedValue value))
          || value.block() != null
          || !value.refs().isEmpty()
          || bytes + value.size() > MOST_BYTES) {
        return 0;
      }
      bytes += value.size();
    }
    return bytes;
  }

  /** Whether the arguments are values that are here. */
  static boolean areSmall(Object kept) {
    return kept instanceof byte[];
  }

  /** The arguments again. */
  static List<ShippedCall.Arg> list(Object kept) {
    if (!(kept instanceof byte[] bytes)) {
      @SuppressWarnings("unchecked")
      List<ShippedCall.Arg> args = (List<ShippedCall.Arg>) kept;
      return args;
    }
    List<ShippedCall.Arg> args = new ArrayList<>();
    ByteSource in = new ByteSource(bytes, 0);
    while (in.left() > 0) {
      args.add(new ShippedCall.Arg.Value(new EncodedValue(in.block())));
    }
    return args;
  }
}
