package org.rayshell.benchmarks.tasks;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;

/** Values that are put, got and passed on. */
final class Values {
  private Values() {}

  private static Integer length(byte[] bytes) {
    return bytes.length;
  }

  private static Integer capacity(ByteBuffer buffer) {
    return buffer.capacity();
  }

  static void measure(Metrics metrics) throws Exception {
    int count = 2000;
    Metrics.Work puts =
        () -> {
          for (int i = 0; i < count; i++) {
            Ray.put(i);
          }
        };
    Metrics.warm(puts);
    metrics.add("put a small value", 1e6 * Metrics.seconds(7, puts) / count, "µs");
    ObjectRef<Integer> seven = Ray.put(7);
    Metrics.Work gets =
        () -> {
          for (int i = 0; i < count; i++) {
            Ray.get(seven);
          }
        };
    Metrics.warm(gets);
    metrics.add("get a small value", 1e6 * Metrics.seconds(7, gets) / count, "µs");
    List<ObjectRef<Integer>> thousand = IntStream.range(0, 1000).mapToObj(Ray::put).toList();
    metrics.add("get a list of 1,000", 1e3 * Metrics.seconds(9, () -> Ray.get(thousand)), "ms");
    byte[] large = new byte[100_000_000];
    new Random(1).nextBytes(large);
    metrics.add("put 100 MB", 1e3 * Metrics.seconds(7, () -> Ray.put(large)), "ms");
    ObjectRef<byte[]> ref = Ray.put(large);
    metrics.add("get 100 MB", 1e3 * Metrics.seconds(7, () -> Ray.get(ref)), "ms");
    metrics.add("view 100 MB", 1e6 * Metrics.seconds(99, () -> Ray.view(ref)), "µs");
  }

  static void measureArguments(Metrics metrics) throws Exception {
    ObjectRef<byte[]> megabyte = Ray.put(new byte[1_000_000]);
    int many = 500;
    Metrics.Work atOnce =
        () ->
            Ray.get(
                IntStream.range(0, many)
                    .mapToObj(_ -> Ray.task(Values::length, megabyte).remote())
                    .toList());
    Metrics.warm(atOnce);
    metrics.add(
        "1 MB argument by ref, 500 at once", 1e6 * Metrics.seconds(5, atOnce) / many, "µs a task");
    int some = 100;
    Metrics.Work oneByOne =
        () -> {
          for (int i = 0; i < some; i++) {
            Ray.get(Ray.task(Values::length, megabyte).remote());
          }
        };
    metrics.add(
        "1 MB argument by ref, one at a time",
        1e6 * Metrics.seconds(5, oneByOne) / some,
        "µs a task");
    ObjectRef<ByteBuffer> viewed = Ray.put(ByteBuffer.allocate(1_000_000));
    Metrics.Work views =
        () ->
            Ray.get(
                IntStream.range(0, many)
                    .mapToObj(_ -> Ray.task(Values::capacity, viewed).remote())
                    .toList());
    Metrics.warm(views);
    metrics.add(
        "1 MB view by ref, 500 at once", 1e6 * Metrics.seconds(5, views) / many, "µs a task");
  }
}
