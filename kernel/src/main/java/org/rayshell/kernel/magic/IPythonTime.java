package org.rayshell.kernel.magic;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Durations as IPython writes them: three significant digits, minutes and hours in words. */
public final class IPythonTime {
  private static final String[] UNITS = {"s", "ms", "μs", "ns"};
  private static final String[] SPANS = {"d", "h", "min", "s"};
  private static final long[] SPAN_SECONDS = {86_400, 3_600, 60, 1};

  private IPythonTime() {}

  /** {@code 1.79 ms}, {@code 1min 30s}; seconds. */
  public static String format(double seconds) {
    if (seconds >= 60) {
      return spans((long) seconds);
    }
    // As IPython: the unit is the one whose digits are before the point; below 1 ns it is ns.
    int order =
        seconds > 0 ? (int) Math.min(-Math.floor(Math.floor(Math.log10(seconds)) / 3), 3) : 3;
    order = Math.max(order, 0);
    return significant(seconds * Math.pow(1_000, order)) + " " + UNITS[order];
  }

  private static String spans(long seconds) {
    List<String> parts = new ArrayList<>();
    long left = seconds;
    for (int i = 0; i < SPANS.length && (left > 0 || parts.isEmpty()); i++) {
      long value = left / SPAN_SECONDS[i];
      if (value > 0) {
        left %= SPAN_SECONDS[i];
        parts.add(value + SPANS[i]);
      }
    }
    return String.join(" ", parts);
  }

  /** Python's {@code %.3g}. */
  private static String significant(double value) {
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(3, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    BigDecimal stripped = rounded.stripTrailingZeros();
    if (exponent >= 3 || exponent < -4) {
      String mantissa = stripped.movePointLeft(exponent).toPlainString();
      return mantissa + (exponent < 0 ? "e-" : "e+") + String.format("%02d", Math.abs(exponent));
    }
    return stripped.toPlainString();
  }
}
