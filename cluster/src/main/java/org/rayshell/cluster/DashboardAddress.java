package org.rayshell.cluster;

import io.ray.api.Ray;
import io.ray.api.runtime.RayRuntime;
import org.rayshell.RayException;

/**
 * Where a cluster's dashboard is. The head writes it into the cluster's tables, under the key
 * {@code dashboard} of the namespace of that name, once the dashboard is up; Ray's own programs
 * find it there, too. No file of the session has it, and a node other than the head's has no other
 * way.
 *
 * <p>It is {@code 127.0.0.1:PORT} for one that listens on the head's machine only, Ray's default,
 * and else the head's address, and it is there even if nobody answers: without {@code ray[default]}
 * and with {@code --include-dashboard=false}.
 */
public final class DashboardAddress {
  private static final String NAMESPACE_AND_KEY = "dashboard";

  private DashboardAddress() {}

  /**
   * {@code host:port}, asked of the cluster to which this process is attached as a driver.
   * Thread-safe.
   *
   * @return an empty string if the cluster has none
   * @throws RayException if this process is no driver of Ray's, or its Ray does not tell
   */
  public static String ask() {
    RayRuntime runtime = Ray.internal();
    if (runtime == null) {
      throw new RayException("this process is not attached to a Ray cluster");
    }
    try {
      // These are the runtime's own classes, which come with the cluster and not with Ray's API.
      return in(runtime.getClass().getMethod("getGcsClient").invoke(runtime));
    } catch (ReflectiveOperationException e) {
      throw new RayException("this Ray does not tell where the dashboard is: " + e, e);
    }
  }

  /**
   * {@code host:port}, as {@link #ask} tells it.
   *
   * @param tables Ray's client of the head's tables
   * @throws ReflectiveOperationException if this Ray has no such thing
   */
  public static String in(Object tables) throws ReflectiveOperationException {
    Object address =
        tables
            .getClass()
            .getMethod("getInternalKV", String.class, String.class)
            .invoke(tables, NAMESPACE_AND_KEY, NAMESPACE_AND_KEY);
    return address == null ? "" : (String) address;
  }
}
