package org.rayshell.cluster.gateway;

import io.ray.api.Ray;
import io.ray.api.exception.RayTimeoutException;
import java.nio.charset.StandardCharsets;
import org.rayshell.RayException;
import org.rayshell.cluster.probe.Probe;

/** Whether the workers of a cluster can run what a session sends them. */
final class JavaCheck {
  /** The JVM of a worker starts within seconds, or never. */
  private static final long START_MS = 60_000;

  private JavaCheck() {}

  /**
   * Asks a worker for its Java.
   *
   * @throws RayException if there is none, or it is too old
   */
  static void check() {
    String[] java;
    try {
      java =
          new String(Ray.get(Ray.task(Probe::java).remote(), START_MS), StandardCharsets.UTF_8)
              .split("\n");
    } catch (RayTimeoutException e) {
      throw new RayException(
          "no Java worker of the cluster came up within "
              + START_MS / 1000
              + " s: is there a JDK "
              + Runtime.version().feature()
              + " on its machines? Name its folder by RayOptions.workerJavaHome; what went wrong is in"
              + " the logs of Ray's workers (ray logs)");
    }
    Runtime.Version version = Runtime.Version.parse(java[0]);
    if (version.feature() < Runtime.version().feature()) {
      throw new RayException(
          "the cluster's workers run Java "
              + java[0]
              + " ("
              + java[1]
              + "), which cannot run classes of this session's Java "
              + Runtime.version().feature()
              + ": put a JDK "
              + Runtime.version().feature()
              + " on the cluster's machines and name its folder by RayOptions.workerJavaHome");
    }
  }
}
