package org.rayshell;

import java.math.BigDecimal;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Resources by name, memory in bytes, in the order they are shown; immutable. In a notebook it
 * renders itself.
 */
public final class ResourceMap extends AbstractMap<String, Double> {
  private final Map<String, Double> amounts;
  private final boolean free;

  /**
   * A copy of the amounts.
   *
   * @param free whether they are what is free, not what there is in all
   */
  ResourceMap(Map<String, Double> amounts, boolean free) {
    this.amounts = Collections.unmodifiableMap(new LinkedHashMap<>(amounts));
    this.free = free;
  }

  /** Whether the amounts are what is free, not what there is in all. */
  public boolean free() {
    return free;
  }

  @Override
  public Set<Entry<String, Double>> entrySet() {
    return amounts.entrySet();
  }

  /** {@code {CPU=2.0, memory=13590429696.0}}: decimals without exponents. */
  @Override
  public String toString() {
    return amounts.entrySet().stream()
        .map(each -> each.getKey() + "=" + decimal(each.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String decimal(double amount) {
    if (!Double.isFinite(amount)) {
      return String.valueOf(amount);
    }
    String text = BigDecimal.valueOf(amount).toPlainString();
    return text.indexOf('.') < 0 ? text + ".0" : text;
  }
}
