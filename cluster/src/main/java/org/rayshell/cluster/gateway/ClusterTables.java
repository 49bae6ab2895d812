package org.rayshell.cluster.gateway;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.List;
import org.rayshell.RayException;
import org.rayshell.cluster.DashboardAddress;

/**
 * What the head of a cluster tells of it to a process that is not yet attached. Ray's classes for
 * that are the runtime's own, which come with the cluster and not with Ray's API. Confined to one
 * thread.
 */
final class ClusterTables implements AutoCloseable {
  private static final String NATIVE = "core_worker_library_java";

  private final Object client;

  /**
   * Those of the head at that address.
   *
   * @throws RayException if it does not answer
   */
  ClusterTables(String head) {
    try {
      Class.forName("io.ray.runtime.util.JniUtils")
          .getMethod("loadLibrary", String.class, boolean.class)
          .invoke(null, NATIVE, true);
      // It is made with the address, a user's name in newer versions, and a password.
      Constructor<?> constructor =
          Class.forName("io.ray.runtime.gcs.GcsClient").getConstructors()[0];
      Object[] texts = new Object[constructor.getParameterCount()];
      Arrays.fill(texts, "");
      texts[0] = head;
      client = constructor.newInstance(texts);
    } catch (ReflectiveOperationException e) {
      throw untold(e);
    }
  }

  /** The addresses of the machines that are alive. */
  List<String> machines() {
    return ((List<?>) ask("getAllNodeInfo"))
        .stream()
            .map(io.ray.api.runtimecontext.NodeInfo.class::cast)
            .filter(node -> node.isAlive)
            .map(node -> node.nodeAddress)
            .toList();
  }

  /** Where the dashboard is, {@code host:port}; empty if there is none. */
  String dashboard() {
    try {
      return DashboardAddress.in(client);
    } catch (ReflectiveOperationException e) {
      throw untold(e);
    }
  }

  private Object ask(String method) {
    try {
      return client.getClass().getMethod(method).invoke(client);
    } catch (ReflectiveOperationException e) {
      throw untold(e);
    }
  }

  private static RayException untold(ReflectiveOperationException e) {
    Throwable why = e.getCause() == null ? e : e.getCause();
    return new RayException("this Ray does not tell what its cluster is like: " + why, e);
  }

  @Override
  public void close() {
    ask("destroy");
  }
}
