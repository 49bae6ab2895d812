package org.rayshell.cluster.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.rayshell.RayException;
import org.rayshell.cluster.RayWheel;

/**
 * The node of a cluster on this machine, as its raylet's command line shows it: drivers talk to it,
 * and to one that does not suit them the consequences are Ray's crashes. So it is looked at before.
 *
 * @param version of its Ray; empty if that cannot be read
 * @param java whether it was started where there is Java
 */
record LocalNode(String version, boolean java) {
  private static final String GCS = "--gcs-address=";
  private static final String JAVA = "--java_worker_command=";

  /** Where the raylet is in Ray's Python package. */
  private static final Path PROGRAM = Path.of("core", "src", "ray", "raylet", "raylet");

  /**
   * Looks at the raylets of this machine.
   *
   * @param address the head's
   * @param mine the version of this process's Ray; empty if it is not known
   * @param processes {@code /proc}
   * @throws RayException if one of that cluster does not suit a driver like this process
   */
  static void check(String address, String mine, Path processes) {
    for (LocalNode node : all(address, processes)) {
      if (!node.java) {
        // It fails an assertion, and ends, when a driver in Java comes.
        throw new RayException(
            "the node of the cluster at "
                + address
                + " on this machine was started without Java, and a driver in Java would end it:"
                + " ray start it anew with the java of a JDK "
                + Runtime.version().feature()
                + " on the PATH, and the other nodes, too");
      }
      if (!mine.isEmpty() && !node.version.isEmpty() && !mine.equals(node.version)) {
        throw new RayException(
            "the cluster at "
                + address
                + " runs Ray "
                + node.version
                + ", and this session would use the jar of Ray "
                + mine
                + ": name the cluster's by RayOptions.rayJar, a folder with ray/jars/ray_dist.jar"
                + " of pip install 'ray[default]=="
                + node.version
                + "'");
      }
    }
  }

  /** Those whose head has that port: it may have other names than the one that was given. */
  private static List<LocalNode> all(String address, Path processes) {
    String port = address.substring(address.lastIndexOf(':'));
    try (Stream<Path> all = Files.list(processes)) {
      return all.filter(each -> each.getFileName().toString().matches("[0-9]+"))
          .flatMap(process -> of(process, port))
          .toList();
    } catch (IOException _) {
      // Without /proc nothing is known.
      return List.of();
    }
  }

  private static Stream<LocalNode> of(Path process, String port) {
    try {
      String all = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      List<String> line = List.of(all.split("\0", -1));
      Path program = Path.of(line.getFirst());
      if (!program.endsWith(PROGRAM)
          || line.stream().noneMatch(word -> word.startsWith(GCS) && word.endsWith(port))) {
        return Stream.of();
      }
      Path ray = program;
      for (int i = 0; i < PROGRAM.getNameCount(); i++) {
        ray = ray.getParent();
      }
      return Stream.of(new LocalNode(RayWheel.versionOf(ray), !line.contains(JAVA)));
    } catch (IOException _) {
      // It has ended meanwhile.
      return Stream.of();
    }
  }
}
