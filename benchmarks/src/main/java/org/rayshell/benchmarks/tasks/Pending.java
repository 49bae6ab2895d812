package org.rayshell.benchmarks.tasks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;

/** Tasks that all wait before the first of them runs: both workers are kept busy until then. */
final class Pending {
  private static final int WORKERS = 2;
  private static final Duration LOOK = Duration.ofNanos(100_000);

  /** What a heap must have for each: who submits more is made to wait. */
  private static final long HEAP_BYTES = 5_000;

  private Pending() {}

  private static Integer awaitFile(String file) throws InterruptedException {
    while (!Files.exists(Path.of(file))) {
      Thread.sleep(LOOK);
    }
    return 0;
  }

  /** What is done while so many tasks wait. */
  private interface Meanwhile {
    void run() throws IOException;
  }

  static void measure(Metrics metrics) throws Exception {
    Path gate = Files.createTempFile("rayshell-benchmark", "");
    try {
      Metrics.warm(() -> seconds(gate, 5_000, () -> {}));
      for (int count : new int[] {1_000, 10_000, 100_000, 1_000_000}) {
        if (Runtime.getRuntime().maxMemory() >= count * HEAP_BYTES) {
          measure(metrics, gate, count);
        }
      }
    } finally {
      Files.deleteIfExists(gate);
    }
  }

  private static void measure(Metrics metrics, Path gate, int count) throws Exception {
    String name = String.format(Locale.ROOT, "%,d pending", count);
    double[] seconds = new double[count > 10_000 ? 3 : 7];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = seconds(gate, count, () -> {});
    }
    Arrays.sort(seconds);
    metrics.add(name, 1e6 * seconds[seconds.length / 2] / count, "µs a task");
    // In a run of its own: a collection changes what follows.
    System.gc();
    double heap = heap();
    seconds(
        gate,
        count,
        () -> {
          System.gc();
          metrics.addPlain(name + ", heap", (heap() - heap) / count, "bytes a task");
        });
  }

  /** Submits so many while nothing can run, then lets them, and gets all; without the meanwhile. */
  private static double seconds(Path gate, int count, Meanwhile meanwhile) throws Exception {
    Files.deleteIfExists(gate);
    List<ObjectRef<Integer>> busy =
        IntStream.range(0, WORKERS)
            .mapToObj(_ -> Ray.task(Pending::awaitFile, gate.toString()).remote())
            .toList();
    long begin = System.nanoTime();
    List<ObjectRef<Integer>> refs =
        IntStream.range(0, count).mapToObj(i -> Ray.task(Calls::noop, i).remote()).toList();
    long submitted = System.nanoTime();
    meanwhile.run();
    long opened = System.nanoTime();
    Files.createFile(gate);
    Ray.get(refs);
    long end = System.nanoTime();
    Ray.get(busy);
    return (submitted - begin + end - opened) / 1e9;
  }

  private static double heap() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
