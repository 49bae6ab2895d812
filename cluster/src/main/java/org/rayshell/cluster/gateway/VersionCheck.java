package org.rayshell.cluster.gateway;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import org.rayshell.RayException;
import org.rayshell.cluster.ClusterTables;

/**
 * Whether a cluster runs the Ray that this process has: between two versions nothing is certain.
 */
final class VersionCheck {
  private VersionCheck() {}

  /**
   * Asks the cluster for its version.
   *
   * @param mine this process's; empty if it is not known
   * @throws RayException if they differ
   */
  static void check(String address, String mine) {
    String theirs = version(ClusterTables.get("cluster", "CLUSTER_METADATA"));
    if (!mine.isEmpty() && !theirs.isEmpty() && !mine.equals(theirs)) {
      throw new RayException(differ(address, mine, theirs));
    }
  }

  static String differ(String address, String mine, String theirs) {
    return "the cluster at "
        + address
        + " runs Ray "
        + theirs
        + ", and this session would use the jar of Ray "
        + mine
        + ": name the cluster's by RayOptions.rayJar, a folder with ray/jars/ray_dist.jar of pip"
        + " install 'ray[default]=="
        + theirs
        + "'";
  }

  /** What the head has noted of its cluster; empty if that is nothing. */
  static String version(String metadata) {
    try {
      return !metadata.isEmpty()
              && JsonParser.parseString(metadata) instanceof JsonObject noted
              && noted.has("ray_version")
          ? noted.get("ray_version").getAsString()
          : "";
    } catch (JsonParseException _) {
      return "";
    }
  }
}
