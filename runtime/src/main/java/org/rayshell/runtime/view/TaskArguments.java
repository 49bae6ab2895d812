package org.rayshell.runtime.view;

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

  /** Rings; few look for one of them, and every task adds one. */
  private final ObjectId[] tasks = new ObjectId[TaskLog.SHOWN];

  private final List<?>[] arguments = new List<?>[TaskLog.SHOWN];
  private long added;

  /** A task is called. */
  public void add(ObjectId task, ShippedCall call) {
    if (call.args().isEmpty()) {
      return;
    }
    List<?> kept = areSmall(call.args()) ? call.args() : arguments(call.args());
    synchronized (this) {
      int place = (int) (added++ % tasks.length);
      tasks[place] = task;
      arguments[place] = kept;
    }
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
    return value.size() <= MOST_BYTES && value.refs().isEmpty();
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
      if (tasks[place].equals(task)) {
        return arguments(arguments[place]);
      }
    }
    return List.of();
  }
}
