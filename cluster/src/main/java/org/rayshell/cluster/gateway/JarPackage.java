package org.rayshell.cluster.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.rayshell.RayException;
import org.rayshell.cluster.state.ClusterStateException;
import org.rayshell.cluster.state.RayStateClient;

/**
 * A session's jars as one of Ray's packages, which the head keeps as long as the session's job
 * lasts, and from which nodes fetch it. It is given to the head by the dashboard, as Ray's jobs
 * are. Immutable.
 */
final class JarPackage {
  private final Path file;
  private final String name = "_ray_pkg_" + UUID.randomUUID() + ".zip";

  /** Makes it in that folder. */
  JarPackage(List<Path> jars, Path folder) throws IOException {
    file = folder.resolve("jars.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.setLevel(0);
      for (int i = 0; i < jars.size(); i++) {
        // Workers have all of the package's jars, in no order.
        out.putNextEntry(new ZipEntry(i + "-" + jars.get(i).getFileName()));
        Files.copy(jars.get(i), out);
        out.closeEntry();
      }
    }
  }

  /**
   * Gives it to the head; returns its address for Ray.
   *
   * @param ray the cluster's version
   * @param dashboard {@code host:port}; empty if the cluster has none
   * @param token the cluster's; empty if it has none
   * @throws RayException if the head does not take it; the message says what to do
   */
  String upload(String ray, String dashboard, String token) {
    if (dashboard.isEmpty()) {
      throw new RayException(refused(ray, "it has none"));
    }
    try (RayStateClient client = new RayStateClient(dashboard, token)) {
      client.upload(name, file);
    } catch (ClusterStateException e) {
      throw new RayException(refused(ray, e.getMessage()), e);
    }
    return "gcs://" + name;
  }

  private static String refused(String ray, String why) {
    return "the machines of a cluster of Ray "
        + ray
        + " get the session's jars through its dashboard, and "
        + why
        + ": install 'ray[default]' on the head, or Ray 2.56 or later on all machines; or give them"
        + " a file system with the jars where they are here, and set -D"
        + WorkersCode.SENT
        + "=false";
  }
}
