package org.rayshell.kernel.widget;

/** Numbers that are not whole, on sliders. Without state. */
final class Decimals {
  private static final int STEPS = 100;

  private Decimals() {}

  /** The number, if it is one. */
  static double finite(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("value=" + number + " is no number that a page can show");
    }
    return number;
  }

  /** A power of ten that goes into the range a hundred times, or a bit more often. */
  static double step(double min, double max) {
    return max > min ? Math.pow(10, Math.floor(Math.log10((max - min) / STEPS))) : 1;
  }

  /** How values of that step are written: with no more digits than these need. */
  static String format(double step) {
    int digits = (int) Math.ceil(-Math.log10(step) - 1e-9);
    return "." + Math.clamp(digits, 0, 15) + "f";
  }
}
