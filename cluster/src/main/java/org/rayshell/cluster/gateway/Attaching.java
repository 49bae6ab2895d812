package org.rayshell.cluster.gateway;

import io.ray.api.Ray;
import java.nio.file.Path;
import java.util.Map;
import org.rayshell.RayException;
import org.rayshell.cluster.ClusterToken;

/** How this process becomes a driver of Ray's, and in plain words why it does not. */
final class Attaching {
  private Attaching() {}

  /**
   * Attaches to the cluster whose head is at that address, and checks that it can run a session.
   *
   * @throws RayException if that cannot be; the message says why, and what to do
   */
  static void attach(String address, Path session) {
    ClusterWatch.checkReachable(address);
    String mine = System.getProperty(RayProvider.VERSION, "");
    Map<String, String> environment = System.getenv();
    if (ClusterToken.isAsked(environment) && ClusterToken.find(environment).isEmpty()) {
      // Ray's native library would end the process.
      throw new RayException(
          "RAY_AUTH_MODE=token is set, and there is no token for the cluster at "
              + address
              + ": "
              + ClusterToken.REMEDY);
    }
    LocalNode.check(address, mine, Path.of("/proc"));
    try {
      WorkersCode.announce(address, mine, ClusterToken.find(environment), session);
      Ray.init();
    } catch (RuntimeException | LinkageError e) {
      throw new RayException(why(address, mine, e, ClusterToken.isAsked(environment)), e);
    }
    JavaCheck.check();
  }

  /**
   * What an exception of Ray's says.
   *
   * @param mine the version of this process's Ray
   * @param token whether a token was shown
   */
  static String why(String address, String mine, Throwable e, boolean token) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String said = root.toString();
    if (said.contains("InvalidAuthToken")) {
      return ClusterToken.refused(address, token);
    }
    if (said.contains("Timed out while waiting for GCS") || said.contains("Deadline Exceeded")) {
      return "what listens at "
          + address
          + " does not answer as the head of a Ray cluster does: is this the port that ray start"
          + " --head names?";
    }
    return "Ray does not take this program as a driver of the cluster at "
        + address
        + ": is one of its nodes on this machine (ray start --address="
        + address
        + "), and is it, like the jar here, of Ray "
        + mine
        + "? Ray says: "
        + root;
  }
}
