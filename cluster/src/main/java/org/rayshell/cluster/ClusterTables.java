package org.rayshell.cluster;

import io.ray.api.Ray;
import io.ray.api.runtime.RayRuntime;
import org.rayshell.RayException;

/** The tables of a cluster's head, of which Ray's API for Java tells nothing. */
public final class ClusterTables {
  private ClusterTables() {}

  /**
   * A value of the tables, asked of the cluster to which this process is attached as a driver.
   * Thread-safe.
   *
   * @return an empty string if there is none
   * @throws RayException if this process is no driver of Ray's, or its Ray does not tell
   */
  public static String get(String namespace, String key) {
    RayRuntime runtime = Ray.internal();
    if (runtime == null) {
      throw new RayException("this process is not attached to a Ray cluster");
    }
    try {
      // These are the runtime's own classes, which come with the cluster and not with Ray's API.
      Object tables = runtime.getClass().getMethod("getGcsClient").invoke(runtime);
      Object value =
          tables
              .getClass()
              .getMethod("getInternalKV", String.class, String.class)
              .invoke(tables, namespace, key);
      return value == null ? "" : (String) value;
    } catch (ReflectiveOperationException e) {
      throw new RayException(
          "this Ray does not tell what is in its tables: key=" + key + ": " + e, e);
    }
  }
}
