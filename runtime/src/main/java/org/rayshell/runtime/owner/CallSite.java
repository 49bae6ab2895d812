package org.rayshell.runtime.owner;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rayshell.TaskOptions;
import org.rayshell.runtime.code.ShippedFunction;
import org.rayshell.runtime.wire.TaskKind;

/**
 * What tasks have in common that call the same from the same place: a million may wait that a loop
 * has submitted. Immutable but for what is the loop's.
 */
final class CallSite {
  final ShippedFunction function;
  final Origin origin;

  /** The same for the views. */
  final TaskKind kind;

  /** The loop's, once one of the tasks was ready: how long such tasks run. */
  RemoteFunction runs;

  /** The loop's, once one of the tasks was ready: where those wait that are. */
  ShapeQueue queue;

  /**
   * One of this process.
   *
   * @param pid of this process
   */
  CallSite(ShippedFunction function, Origin origin, long pid) {
    this.function = function;
    this.origin = origin;
    this.kind =
        new TaskKind(
            function.name(),
            origin.cell(),
            origin.parent(),
            pid,
            options().maxRetries(),
            options().numCpus());
  }

  boolean isOf(ShippedFunction other, Origin from) {
    return function == other && origin.equals(from);
  }

  TaskOptions options() {
    return function.options();
  }

  /** What its tasks need to run. */
  ShapeQueue.Shape shape() {
    return new ShapeQueue.Shape(amounts(), options().runtimeEnv());
  }

  Map<String, Double> amounts() {
    Map<String, Double> custom = options().resources();
    long memory = options().memory();
    if (custom.isEmpty() && memory == 0) {
      return Map.of("CPU", options().numCpus());
    }
    Map<String, Double> shape = new LinkedHashMap<>(custom);
    shape.put("CPU", options().numCpus());
    if (memory > 0) {
      shape.put("memory", (double) memory);
    }
    return shape;
  }
}
