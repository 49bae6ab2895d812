package org.rayshell.cluster.gateway;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.rayshell.RayException;

/**
 * How the workers of a cluster come by the session's jars: from where they are, if all machines are
 * this one, else from here by HTTP. Says so to Ray by its properties, before that starts.
 */
final class WorkersCode {
  /**
   * System property of a driver and its gateway: {@code true} if the cluster's machines do not see
   * this one's files although they have its address, as containers that share its network.
   */
  static final String SENT = "rayshell.cluster.sendJars";

  private static final String SEARCH_PATH = "ray.job.code-search-path";

  private WorkersCode() {}

  /**
   * Makes the jars known.
   *
   * @param head the cluster's
   * @param folder the session's
   * @throws RayException if the head does not tell which machines there are
   */
  static void announce(String head, Path folder) {
    List<String> machines = ClusterMachines.of(head);
    if (machines.stream().allMatch(ClusterMachines::isHere) && !Boolean.getBoolean(SENT)) {
      return;
    }
    List<Path> jars =
        Stream.of(System.clearProperty(SEARCH_PATH).split(File.pathSeparator))
            .map(Path::of)
            .filter(Files::exists)
            .toList();
    try {
      String here = machines.stream().filter(ClusterMachines::isHere).findFirst().orElseThrow();
      List<String> addresses = new JarServer(here, jars, folder).addresses();
      for (int i = 0; i < addresses.size(); i++) {
        System.setProperty("ray.job.runtime-env.jars." + i, addresses.get(i));
      }
    } catch (IOException e) {
      throw new RayException("the gateway cannot serve the session's jars: " + e, e);
    }
  }
}
