package org.rayshell.cluster.gateway;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import org.rayshell.RayException;

/**
 * The machines of a cluster that this process is not yet attached to. Ray's classes for that are
 * the runtime's own, which come with the cluster and not with Ray's API.
 */
final class ClusterMachines {
  private static final String NATIVE = "core_worker_library_java";

  private ClusterMachines() {}

  /**
   * The addresses of those that are alive.
   *
   * @throws RayException if the head does not tell
   */
  static List<String> of(String head) {
    try {
      Class.forName("io.ray.runtime.util.JniUtils")
          .getMethod("loadLibrary", String.class, boolean.class)
          .invoke(null, NATIVE, true);
      Class<?> type = Class.forName("io.ray.runtime.gcs.GcsClient");
      Object tables =
          type.getConstructor(String.class, String.class, String.class).newInstance(head, "", "");
      try {
        return ((List<?>) type.getMethod("getAllNodeInfo").invoke(tables))
            .stream()
                .map(io.ray.api.runtimecontext.NodeInfo.class::cast)
                .filter(node -> node.isAlive)
                .map(node -> node.nodeAddress)
                .toList();
      } finally {
        type.getMethod("destroy").invoke(tables);
      }
    } catch (ReflectiveOperationException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw new RayException("this Ray does not tell which machines it has: " + why, e);
    }
  }

  /** Whether the address is one of this machine's. */
  static boolean isHere(String address) {
    try {
      InetAddress at = InetAddress.getByName(address);
      return at.isLoopbackAddress() || NetworkInterface.getByInetAddress(at) != null;
    } catch (UnknownHostException | SocketException _) {
      return false;
    }
  }
}
