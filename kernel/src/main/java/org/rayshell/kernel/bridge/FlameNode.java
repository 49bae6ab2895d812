package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many samples were in a method, by way of those above it. For one thread. */
final class FlameNode {
  /** What a method is to the user. */
  enum Kind {
    /** A remote function's task. */
    TASK,
    /** Of a cell. */
    CELL,
    /** Of a library. */
    OTHER
  }

  private record Key(String label, Kind kind) {}

  final String label;
  final Kind kind;
  private int count;
  private final Map<Key, FlameNode> children = new LinkedHashMap<>();

  FlameNode(String label, Kind kind) {
    this.label = label;
    this.kind = kind;
  }

  /** Adds samples of it; then of a method that it called. */
  FlameNode add(int samples) {
    count += samples;
    return this;
  }

  FlameNode child(String name, Kind of) {
    return children.computeIfAbsent(new Key(name, of), key -> new FlameNode(key.label, key.kind));
  }

  int count() {
    return count;
  }

  /** Those that it called, the most frequent first. */
  List<FlameNode> children() {
    List<FlameNode> sorted = new ArrayList<>(children.values());
    sorted.sort(Comparator.comparingInt(FlameNode::count).reversed());
    return sorted;
  }
}
