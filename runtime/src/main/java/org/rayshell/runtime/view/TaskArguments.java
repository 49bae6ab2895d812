package org.rayshell.runtime.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.store.EncodedValue;

/**
 * What the driver's latest tasks were called with, as far as it is small: it keeps no object alive.
 * Thread-safe: one lock, a leaf.
 */
public final class TaskArguments {
  /** Of larger values the size alone is kept. */
  static final int MOST_BYTES = 128;

  private static final int MOST_ARGUMENTS = 8;

  /** An argument: a small value, or the id of a ref, or neither; immutable. */
  record Argument(EncodedValue value, ObjectId ref, long bytes) {}

  /** Arguments of no more bytes than this, with a byte for each, are kept in a row of a ring. */
  private static final int ROW = 32;

  /** In the place of arguments that are in the row. */
  private static final List<?> IN_ROW = List.of();

  /** Rings; few look for one of them, and every task adds one. The unique part of the task's id. */
  private final long[] tasks = new long[TaskLog.SHOWN];

  private final List<?>[] arguments = new List<?>[TaskLog.SHOWN];

  /** Those of most tasks: bytes, of which the collector knows nothing. */
  private byte[] rows;

  private long added;

  /** A task is called. */
  public void add(ObjectId task, List<ShippedCall.Arg> args) {
    if (args.isEmpty()) {
      return;
    }
    boolean small = areSmall(args);
    boolean inRow = small && bytes(args) <= ROW;
    List<?> kept = inRow ? IN_ROW : small ? args : arguments(args);
    synchronized (this) {
      int place = (int) (added++ % tasks.length);
      tasks[place] = task.unique();
      arguments[place] = kept;
      if (inRow) {
        write(args, place);
      }
    }
  }

  private static int bytes(List<ShippedCall.Arg> args) {
    int bytes = 1;
    for (int i = 0; i < args.size(); i++) {
      bytes += 1 + value(args.get(i)).length;
    }
    return bytes;
  }

  private static byte[] value(ShippedCall.Arg arg) {
    return ((ShippedCall.Arg.Value) arg).value().heap();
  }

  private void write(List<ShippedCall.Arg> args, int place) {
    if (rows == null) {
      rows = new byte[ROW * tasks.length];
    }
    int at = ROW * place;
    rows[at++] = (byte) args.size();
    for (int i = 0; i < args.size(); i++) {
      byte[] value = value(args.get(i));
      rows[at++] = (byte) value.length;
      System.arraycopy(value, 0, rows, at, value.length);
      at += value.length;
    }
  }

  private List<Argument> read(int place) {
    List<Argument> read = new ArrayList<>();
    int at = ROW * place;
    for (int left = rows[at++]; left > 0; left--) {
      int length = rows[at++];
      byte[] value = Arrays.copyOfRange(rows, at, at + length);
      read.add(new Argument(new EncodedValue(value), null, length));
      at += length;
    }
    return read;
  }

  private static boolean areSmall(List<ShippedCall.Arg> args) {
    for (int i = 0; i < args.size(); i++) {
      if (!(args.get(i) instanceof ShippedCall.Arg.Value(EncodedValue value)) || !isSmall(value)) {
        return false;
      }
    }
    return args.size() <= MOST_ARGUMENTS;
  }

  private static boolean isSmall(EncodedValue value) {
    return value.block() == null && value.size() <= MOST_BYTES && value.refs().isEmpty();
  }

  private static List<Argument> arguments(List<?> kept) {
    return kept.stream().limit(MOST_ARGUMENTS).map(TaskArguments::argument).toList();
  }

  private static Argument argument(Object kept) {
    return switch (kept) {
      case ShippedCall.Arg.Value(EncodedValue value) ->
          new Argument(isSmall(value) ? value : null, null, value.size());
      case ShippedCall.Arg.Ref(var ref) -> new Argument(null, ref.handle().id(), 0);
      default -> (Argument) kept;
    };
  }

  /** Those of a task; none if it is not known. */
  synchronized List<Argument> of(ObjectId task) {
    for (long i = added - 1; i >= Math.max(0, added - tasks.length); i--) {
      int place = (int) (i % tasks.length);
      if (tasks[place] == task.unique()) {
        return arguments[place] == IN_ROW ? read(place) : arguments(arguments[place]);
      }
    }
    return List.of();
  }
}
