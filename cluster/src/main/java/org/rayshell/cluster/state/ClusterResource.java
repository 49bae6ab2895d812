package org.rayshell.cluster.state;

import java.util.OptionalDouble;

/**
 * How much there is of a resource, memory in bytes.
 *
 * @param total all of it
 * @param used what tasks and actors hold, as of some 5 s ago; unknown until the cluster has
 *     reported it, and where its autoscaler does not
 */
public record ClusterResource(double total, OptionalDouble used) {
  /** What nobody holds, if that is known. */
  public OptionalDouble free() {
    return used.isPresent() ? OptionalDouble.of(total - used.getAsDouble()) : used;
  }

  /** Of two nodes together. */
  ClusterResource plus(ClusterResource other) {
    return new ClusterResource(
        total + other.total,
        used.isPresent() && other.used.isPresent()
            ? OptionalDouble.of(used.getAsDouble() + other.used.getAsDouble())
            : OptionalDouble.empty());
  }
}
