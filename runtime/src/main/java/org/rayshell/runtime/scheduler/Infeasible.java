package org.rayshell.runtime.scheduler;

import java.util.Map;
import java.util.TreeMap;

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
        .append(
            asked.getOrDefault(ResourcePool.CPU, 0.0) > total.get(ResourcePool.CPU)
                ? ".numCpus(…))"
                : ".resources(…))")
        .toString();
  }

  private static String number(double amount) {
    return amount == Math.rint(amount) && Math.abs(amount) < 1e15
        ? Long.toString((long) amount)
        : Double.toString(amount);
  }
}
