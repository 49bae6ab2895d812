package org.rayshell.cluster.gateway;

import io.ray.api.Ray;
import io.ray.api.exception.RayTimeoutException;
import io.ray.api.function.RayFunc1;
import org.rayshell.RayException;
import org.rayshell.cluster.task.RayErrors;

/** Whether the workers of a cluster can run what a session sends them. */
final class JavaCheck {
  /** The JVM of a worker starts within seconds, or never. */
  private static final long START_MS = 60_000;

  private JavaCheck() {}

  /**
   * Asks a worker for its Java.
   *
   * @throws RayException if there is none, or it is too old, or Ray starts no worker for the
   *     session
   */
  static void check() {
    String java;
    String home = "";
    try {
      java = property("java.version");
      if (isTooOld(java)) {
        home = " (" + property("java.home") + ")";
      }
    } catch (RayTimeoutException e) {
      throw new RayException(
          "no Java worker of the cluster came up within "
              + START_MS / 1000
              + " s: is there a JDK "
              + Runtime.version().feature()
              + " on its machines? Name its folder by RayOptions.workerJavaHome; what went wrong is in"
              + " the logs of Ray's workers (ray logs)",
          e);
    } catch (RuntimeException e) {
      throw new RayException(
          "no worker of the cluster can be asked for its Java: " + RayErrors.failure(e).message(),
          e);
    }
    if (isTooOld(java)) {
      throw new RayException(
          "the cluster's workers run Java "
              + java
              + home
              + ", which cannot run classes of this session's Java "
              + Runtime.version().feature()
              + ": put a JDK "
              + Runtime.version().feature()
              + " on the cluster's machines and name its folder by RayOptions.workerJavaHome");
    }
  }

  private static boolean isTooOld(String version) {
    return Runtime.Version.parse(version).feature() < Runtime.version().feature();
  }

  /** Runs a method of the JDK's in a worker: a class of ours an older Java could not load. */
  private static String property(String name) {
    RayFunc1<String, String> get = System::getProperty;
    return Ray.get(Ray.task(get, name).remote(), START_MS);
  }
}
