package org.rayshell.benchmarks.cluster;

import java.util.Arrays;
import java.util.Locale;

/** What both programs measure, with a task that returns the bytes that it is given. */
final class Echo {
  private static final int ONE_BY_ONE = 500;
  private static final int AT_ONCE = 10_000;
  private static final int RUNS = 3;
  private static final long WARM_NS = 8_000_000_000L;

  /** A driver of one kind. */
  interface Driver {
    /** Submits so many tasks, each of one CPU, and gets what they return. */
    void echo(byte[] bytes, int times);
  }

  private Echo() {}

  /** The task. */
  static byte[] echo(byte[] bytes) {
    return bytes;
  }

  static void measure(Driver driver) {
    byte[] bytes = new byte[100];
    // JVMs compile as they go: driver, gateway and workers.
    for (long begin = System.nanoTime(); System.nanoTime() - begin < WARM_NS; ) {
      driver.echo(bytes, 100);
    }
    print(
        "echo of 100 bytes, one at a time",
        ONE_BY_ONE,
        () -> {
          for (int i = 0; i < ONE_BY_ONE; i++) {
            driver.echo(bytes, 1);
          }
        });
    print("echo of 100 bytes, 10,000 at once", AT_ONCE, () -> driver.echo(bytes, AT_ONCE));
  }

  private static void print(String name, int tasks, Runnable work) {
    double[] seconds = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long begin = System.nanoTime();
      work.run();
      seconds[i] = (System.nanoTime() - begin) / 1e9;
    }
    Arrays.sort(seconds);
    System.out.printf(
        Locale.ROOT,
        "METRIC {\"name\": \"%s\", \"value\": %.9g, \"unit\": \"µs a task\", \"ratio\": true}%n",
        name,
        1e6 * seconds[RUNS / 2] / tasks);
  }
}
