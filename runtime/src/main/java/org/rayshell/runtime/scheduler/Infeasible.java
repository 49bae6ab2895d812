package org.rayshell.runtime.scheduler;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Says why a request can never be granted. */
final class Infeasible {
  private Infeasible() {}

  static String reason(Map<String, Double> asked, Map<String, Double> total) {
    StringBuilder text = new StringBuilder("it asks for more than there is: ");
    String between = "";
    for (Map.Entry<String, Double> want : new TreeMap<>(asked).entrySet()) {
      double has = total.getOrDefault(want.getKey(), 0.0);
      if (want.getValue() > has) {
        text.append(between)
            .append(want.getKey())
            .append('=')
            .append(number(want.getValue()))
            .append(" of ")
            .append(number(has));
        between = ", ";
      }
    }
    return text.append("; ask for less, or start with more by Ray.init(RayOptions.create()")
        .append(settings(asked, total))
        .append(')')
        .toString();
  }

  /** What would have to be set for there to be more. */
  private static String settings(Map<String, Double> asked, Map<String, Double> total) {
    Set<String> settings = new TreeSet<>();
    asked.forEach((name, amount) -> {
      if (amount > total.getOrDefault(name, 0.0)) {
        settings.add(
            switch (name) {
              case ResourcePool.CPU -> ".numCpus(…)";
              // The machine's, less what is set aside for objects.
              case "memory", "object_store_memory" -> ".objectStoreMemory(…)";
              default -> ".resources(…)";
            });
      }
    });
    return String.join("", settings);
  }

  private static String number(double amount) {
    return amount == Math.rint(amount) && Math.abs(amount) < 1e15
        ? Long.toString((long) amount)
        : Double.toString(amount);
  }
}
