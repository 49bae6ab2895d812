package org.rayshell.runtime.owner;

import java.util.ArrayDeque;
import java.util.Map;

/** Tasks that ask for the same resources and wait for a worker. Belongs to the loop. */
final class ShapeQueue {
  /** No request is pending. */
  static final long NONE = 0;

  final Map<String, Double> shape;
  final ArrayDeque<PendingTask> ready = new ArrayDeque<>();

  /** The one pending request for a lease. */
  long request = NONE;

  ShapeQueue(Map<String, Double> shape) {
    this.shape = shape;
  }
}
