package org.rayshell.runtime.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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

  private final LinkedHashMap<ObjectId, List<Argument>> tasks = new LinkedHashMap<>();

  /** A task is called. */
  public void add(ObjectId task, ShippedCall call) {
    if (call.args().isEmpty()) {
      return;
    }
    List<Argument> arguments = new ArrayList<>(call.args().size());
    for (ShippedCall.Arg arg : call.args()) {
      if (arguments.size() < MOST_ARGUMENTS) {
        arguments.add(argument(arg));
      }
    }
    synchronized (this) {
      tasks.put(task, arguments);
      if (tasks.size() > TaskLog.SHOWN) {
        tasks.pollFirstEntry();
      }
    }
  }

  private static Argument argument(ShippedCall.Arg arg) {
    return switch (arg) {
      case ShippedCall.Arg.Value(EncodedValue value) -> {
        boolean small = value.size() <= MOST_BYTES && value.refs().isEmpty();
        yield new Argument(small ? value : null, null, value.size());
      }
      case ShippedCall.Arg.Ref(var ref) -> new Argument(null, ref.handle().id(), 0);
    };
  }

  /** Those of a task; none if it is not known. */
  synchronized List<Argument> of(ObjectId task) {
    return tasks.getOrDefault(task, List.of());
  }
}
