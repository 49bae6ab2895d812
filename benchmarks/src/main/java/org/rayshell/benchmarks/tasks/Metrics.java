package org.rayshell.benchmarks.tasks;

import java.util.Arrays;
import java.util.Locale;

/** Prints what a row has measured, a line for each figure. For one thread. */
final class Metrics {
  private static final long WARM_NS = 8_000_000_000L;

  /** Some work that is timed as a whole. */
  interface Work {
    void run() throws Exception;
  }

  /** A figure where less is better. */
  void add(String name, double value, String unit) {
    print(name, value, unit, true);
  }

  /** A figure that others are not to be divided by. */
  void addPlain(String name, double value, String unit) {
    print(name, value, unit, false);
  }

  private static void print(String name, double value, String unit, boolean ratio) {
    System.out.printf(
        Locale.ROOT,
        "METRIC {\"name\": \"%s\", \"value\": %.9g, \"unit\": \"%s\", \"ratio\": %b}%n",
        name,
        value,
        unit,
        ratio);
  }

  /**
   * Does the work until a JVM has compiled it: driver and workers take seconds for that on two
   * CPUs. Of the others none compiles as it goes.
   */
  static void warm(Work work) throws Exception {
    for (long begin = System.nanoTime(); System.nanoTime() - begin < WARM_NS; ) {
      work.run();
    }
  }

  /** Seconds that the work takes: the median of so many runs. */
  static double seconds(int runs, Work work) throws Exception {
    double[] seconds = new double[runs];
    for (int i = 0; i < runs; i++) {
      long begin = System.nanoTime();
      work.run();
      seconds[i] = (System.nanoTime() - begin) / 1e9;
    }
    return median(seconds);
  }

  /** The median; sorts what it is given. */
  static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
