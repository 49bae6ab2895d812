package org.rayshell.benchmarks.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;
import org.rayshell.RayOptions;

/** The row by a session of RayShell's: {@code java … GatewayRow ADDRESS JAR}. */
public final class GatewayRow {
  private GatewayRow() {}

  /** Measures on the cluster at that address, with that jar of its Ray. */
  public static void main(String[] arguments) {
    Ray.init(
        RayOptions.create()
            .address(arguments[0])
            .rayJar(Path.of(arguments[1]))
            .includeDashboard(false));
    try {
      Echo.measure(GatewayRow::echo);
    } finally {
      Ray.shutdown();
    }
  }

  private static void echo(byte[] bytes, int times) {
    List<ObjectRef<byte[]>> refs = new ArrayList<>(times);
    for (int i = 0; i < times; i++) {
      refs.add(Ray.task(Echo::echo, bytes).remote());
    }
    Ray.get(refs);
  }
}
