package org.rayshell.benchmarks.tasks;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;
import org.rayshell.WaitResult;

/** Tasks that do nothing. */
final class Calls {
  private Calls() {}

  static Integer noop(int n) {
    return n;
  }

  private static Integer submitsAndGets(int count) {
    return Ray.get(noops(count)).size();
  }

  private static List<ObjectRef<Integer>> noops(int count) {
    return IntStream.range(0, count).mapToObj(i -> Ray.task(Calls::noop, i).remote()).toList();
  }

  static void measure(Metrics metrics) throws Exception {
    int calls = 1000;
    Metrics.Work oneByOne =
        () -> {
          for (int i = 0; i < calls; i++) {
            Ray.get(Ray.task(Calls::noop, i).remote());
          }
        };
    metrics.add(
        "submit + get, the first 1,000", 1e6 * Metrics.seconds(1, oneByOne) / calls, "µs a task");
    Metrics.warm(oneByOne);
    metrics.add(
        "submit + get, one at a time", 1e6 * Metrics.seconds(7, oneByOne) / calls, "µs a task");
    Metrics.warm(() -> Ray.get(noops(10_000)));
    for (int count : new int[] {1_000, 10_000, 100_000}) {
      // As many as take a second or two: a collection more or less makes no median.
      int runs = Math.clamp(400_000 / count, 11, 99);
      double seconds = Metrics.seconds(runs, () -> Ray.get(noops(count)));
      metrics.add(
          String.format(Locale.ROOT, "%,d at once", count), 1e6 * seconds / count, "µs a task");
    }
  }

  static void measureWaits(Metrics metrics) throws Exception {
    Metrics.warm(() -> drain(noops(1000)));
    double[] seconds = new double[9];
    for (int i = 0; i < seconds.length; i++) {
      List<ObjectRef<Integer>> refs = noops(1000);
      seconds[i] = Metrics.seconds(1, () -> drain(refs));
    }
    metrics.add("wait for 1,000, one by one", 1e3 * Metrics.median(seconds), "ms");
    List<ObjectRef<Integer>> done = noops(1000);
    Ray.get(done);
    metrics.add(
        "wait for 1,000 that are done", 1e3 * Metrics.seconds(9, () -> Ray.wait(done, 1000)), "ms");
  }

  private static void drain(List<ObjectRef<Integer>> refs) {
    List<ObjectRef<Integer>> left = refs;
    while (!left.isEmpty()) {
      WaitResult<Integer> result = Ray.wait(left, 1);
      left = result.unready();
    }
  }

  static void measureNested(Metrics metrics) throws Exception {
    Metrics.Work nested = () -> Ray.get(Ray.task(Calls::submitsAndGets, 100).remote());
    Metrics.warm(nested);
    metrics.add("a task submits 100 and gets", 1e3 * Metrics.seconds(11, nested), "ms");
  }
}
