package org.rayshell.kernel.display;

import java.util.Locale;

/** Durations, sizes and shares as people read them; two to three digits. */
public final class Amounts {
  private static final String[] SIZES = {"B", "kB", "MB", "GB", "TB", "PB"};

  private Amounts() {}

  /** {@code 12 ms}, {@code 0.40 s}, {@code 7.24 s}, {@code 3 min 05 s}; nanoseconds. */
  public static String duration(long nanos) {
    if (nanos < 1_000) {
      return Math.max(0, nanos) + " ns";
    }
    if (nanos < 1_000_000) {
      return digits(nanos / 1e3) + " μs";
    }
    if (nanos < 99_500_000) {
      return digits(nanos / 1e6) + " ms";
    }
    double seconds = nanos / 1e9;
    if (seconds < 99.5) {
      return String.format(Locale.ROOT, seconds < 9.995 ? "%.2f s" : "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 6_000
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3_600, whole / 60 % 60);
  }

  /** {@code 81.2 MB}, decimal. */
  public static String bytes(double amount) {
    double rest = amount;
    int unit = 0;
    while (rest >= 999.5 && unit < SIZES.length - 1) {
      rest /= 1_000;
      unit++;
    }
    return (unit == 0 ? String.format(Locale.ROOT, "%.0f", rest) : digits(rest))
        + " "
        + SIZES[unit];
  }

  /** {@code 52 %}; 0 of nothing. */
  public static String percent(double part, double whole) {
    return Math.round(whole <= 0 ? 0 : 100 * part / whole) + " %";
  }

  /** {@code 2}, {@code 0.5}: no decimals where there are none. */
  public static String count(double amount) {
    return amount == Math.rint(amount) && Math.abs(amount) < 1e15
        ? String.format(Locale.ROOT, "%,d", (long) amount)
        : String.format(Locale.ROOT, "%.4g", amount);
  }

  private static String digits(double value) {
    return String.format(Locale.ROOT, value < 9.95 ? "%.2f" : value < 99.5 ? "%.1f" : "%.0f", value)
        .replaceFirst("\\.0+$", "");
  }
}
