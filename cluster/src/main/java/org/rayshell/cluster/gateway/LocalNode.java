package org.rayshell.cluster.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.rayshell.RayException;

/**
 * The node of a cluster on this machine: drivers talk to its raylet. One that was started without
 * Java fails an assertion, and ends, when a driver in Java comes; so it is looked at before.
 */
final class LocalNode {
  private static final String GCS = "--gcs-address=";
  private static final String JAVA = "--java_worker_command=";

  private LocalNode() {}

  /**
   * Looks at the raylets of this machine.
   *
   * @param address the head's
   * @param processes {@code /proc}
   * @throws RayException if one of that cluster has no Java
   */
  static void check(String address, Path processes) {
    String port = address.substring(address.lastIndexOf(':'));
    for (List<String> line : commandLines(processes)) {
      boolean raylet =
          !line.isEmpty()
              && line.getFirst().endsWith("/raylet")
              && line.stream().anyMatch(word -> word.startsWith(GCS) && word.endsWith(port));
      if (raylet && line.contains(JAVA)) {
        throw new RayException(
            "the node of the cluster at "
                + address
                + " on this machine was started without Java, and a driver in Java would end it:"
                + " ray start it anew with the java of a JDK "
                + Runtime.version().feature()
                + " on the PATH, and the other nodes, too");
      }
    }
  }

  private static List<List<String>> commandLines(Path processes) {
    try (Stream<Path> all = Files.list(processes)) {
      return all.filter(each -> each.getFileName().toString().matches("[0-9]+"))
          .map(LocalNode::commandLine)
          .toList();
    } catch (IOException _) {
      // Without /proc nothing is known.
      return List.of();
    }
  }

  private static List<String> commandLine(Path process) {
    try {
      String all = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      return List.of(all.split("\0"));
    } catch (IOException _) {
      // It has ended meanwhile.
      return List.of();
    }
  }
}
