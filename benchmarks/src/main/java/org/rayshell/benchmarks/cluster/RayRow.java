package org.rayshell.benchmarks.cluster;

import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import java.util.ArrayList;
import java.util.List;

/**
 * The row by Ray's own driver in Java: {@code java -Dray.address=ADDRESS -cp …:JAR … RayRow}, whose
 * workers find it by {@code ray.job.code-search-path}.
 */
public final class RayRow {
  private RayRow() {}

  /** Measures on the cluster that the system properties name. */
  public static void main(String[] arguments) {
    Ray.init();
    try {
      Echo.measure(RayRow::echo);
    } finally {
      Ray.shutdown();
    }
  }

  private static void echo(byte[] bytes, int times) {
    List<ObjectRef<byte[]>> refs = new ArrayList<>(times);
    for (int i = 0; i < times; i++) {
      refs.add(Ray.task(Echo::echo, bytes).setResource("CPU", 1.0).remote());
    }
    Ray.get(refs);
  }
}
