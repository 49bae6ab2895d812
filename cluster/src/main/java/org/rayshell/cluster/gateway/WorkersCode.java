package org.rayshell.cluster.gateway;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.rayshell.RayException;

/**
 * How the workers of a cluster come by the session's jars: from where they are, if all machines are
 * this one, else from here by HTTP, or through the head where Ray is too old for that. Says so to
 * Ray by its properties, before that starts.
 */
final class WorkersCode {
  /**
   * System property of a driver and its gateway: {@code true} if the cluster's machines do not see
   * this one's files although they have its address, as containers that share its network; {@code
   * false} if they see them although they have others, by a file system that they share.
   */
  static final String SENT = "rayshell.cluster.sendJars";

  private static final String SEARCH_PATH = "ray.job.code-search-path";

  /** The first Ray that fetches jars by HTTP. */
  private static final Version BY_HTTP = Version.parse("2.56");

  private WorkersCode() {}

  /**
   * Makes the jars known.
   *
   * @param head the cluster's
   * @param ray its version
   * @param token the cluster's; empty if it has none
   * @param folder the session's
   * @throws RayException if the head does not tell which machines there are, or does not take jars
   */
  static void announce(String head, String ray, String token, Path folder) {
    try (ClusterTables tables = new ClusterTables(head)) {
      List<String> machines = tables.machines();
      if (!areSent(machines)) {
        return;
      }
      List<Path> classPath =
          Stream.of(System.clearProperty(SEARCH_PATH).split(File.pathSeparator))
              .map(Path::of)
              .filter(Files::exists)
              .toList();
      List<Path> jars = Jars.of(classPath, folder);
      List<String> addresses;
      if (!ray.isEmpty() && Version.parse(ray).compareTo(BY_HTTP) < 0) {
        addresses = List.of(new JarPackage(jars, folder).upload(ray, tables.dashboard(), token));
      } else {
        String here = machines.stream().filter(WorkersCode::isHere).findFirst().orElseThrow();
        addresses = new JarServer(here, jars).addresses();
      }
      for (int i = 0; i < addresses.size(); i++) {
        System.setProperty("ray.job.runtime-env.jars." + i, addresses.get(i));
      }
    } catch (IOException e) {
      throw new RayException("the gateway cannot send the session's jars: " + e, e);
    }
  }

  private static boolean areSent(List<String> machines) {
    String said = System.getProperty(SENT, "");
    return said.isEmpty()
        ? !machines.stream().allMatch(WorkersCode::isHere)
        : Boolean.parseBoolean(said);
  }

  /** Whether the address is one of this machine's. */
  private static boolean isHere(String address) {
    try {
      InetAddress at = InetAddress.getByName(address);
      return at.isLoopbackAddress() || NetworkInterface.getByInetAddress(at) != null;
    } catch (UnknownHostException | SocketException _) {
      return false;
    }
  }
}
