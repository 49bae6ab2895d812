package org.rayshell.runtime.scheduler;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a node has and what of it is free, by name, counted in ten-thousandths so that fractions add
 * up. Free CPUs may be negative while tasks that were blocked go on. For one thread.
 */
final class ResourcePool {
  static final String CPU = "CPU";
  private static final double UNIT = 10_000;

  private final Map<String, Long> total = new LinkedHashMap<>();
  private final Map<String, Long> free = new LinkedHashMap<>();

  ResourcePool(Map<String, Double> amounts) {
    amounts.forEach((name, amount) -> total.put(name, units(amount)));
    free.putAll(total);
  }

  /** A request's amounts as this class counts them. */
  static Map<String, Long> units(Map<String, Double> amounts) {
    Map<String, Long> units = LinkedHashMap.newLinkedHashMap(amounts.size());
    amounts.forEach((name, amount) -> units.put(name, units(amount)));
    return units;
  }

  private static long units(double amount) {
    return Math.round(amount * UNIT);
  }

  /** Whether so much could ever be free. */
  boolean isFeasible(Map<String, Long> shape) {
    return fits(shape, total);
  }

  /** Whether so much is free. */
  boolean hasFree(Map<String, Long> shape) {
    return fits(shape, free);
  }

  /** Whether so much is free in the amounts, which may be a copy of {@link #free}. */
  static boolean fits(Map<String, Long> shape, Map<String, Long> amounts) {
    for (Map.Entry<String, Long> wanted : shape.entrySet()) {
      if (wanted.getValue() > 0 && wanted.getValue() > amounts.getOrDefault(wanted.getKey(), 0L)) {
        return false;
      }
    }
    return true;
  }

  /** Takes from the amounts what there is of the shape. */
  static void reserve(Map<String, Long> shape, Map<String, Long> amounts) {
    shape.forEach((name, wanted) -> amounts.merge(name, -wanted, Long::sum));
  }

  /** A copy of what is free. */
  Map<String, Long> free() {
    return new LinkedHashMap<>(free);
  }

  void take(Map<String, Long> shape) {
    reserve(shape, free);
  }

  void give(Map<String, Long> shape) {
    shape.forEach((name, amount) -> free.merge(name, amount, Long::sum));
  }

  void takeCpus(long units) {
    free.merge(CPU, -units, Long::sum);
  }

  void giveCpus(long units) {
    free.merge(CPU, units, Long::sum);
  }

  /** All there is, by name, in the order given. */
  Map<String, Double> total() {
    return amounts(total);
  }

  /** What is free, by name, in the order given; never below zero. */
  Map<String, Double> available() {
    return amounts(free);
  }

  private static Map<String, Double> amounts(Map<String, Long> units) {
    Map<String, Double> amounts = LinkedHashMap.newLinkedHashMap(units.size());
    units.forEach((name, unit) -> amounts.put(name, Math.max(0, unit) / UNIT));
    return amounts;
  }
}
