package org.rayshell.cluster.testing;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs that use Ray's own Java API, each in a JVM of its own, attached to a cluster. */
public final class RayDriver {
  /** Against hangs only. */
  private static final int SAFETY_SECONDS = 180;

  /** For what Ray writes values with. */
  private static final List<String> OPENED =
      Stream.concat(
              Stream.of("lang", "math", "util", "util.concurrent", "net", "text", "io")
                  .map(name -> "java.base/java." + name),
              Stream.of("java.sql/java.sql"))
          .map(name -> "--add-opens=" + name + "=ALL-UNNAMED")
          .toList();

  private RayDriver() {}

  /** Starts a class's main method, which is to call {@code io.ray.api.Ray.init()}. */
  public static Process start(RayCluster cluster, Class<?> program, String... arguments)
      throws IOException {
    String classes = classesOf(program).toString();
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("--enable-native-access=ALL-UNNAMED");
    line.add("--sun-misc-unsafe-memory-access=allow");
    line.addAll(OPENED);
    for (int i = 0; i < OPENED.size(); i++) {
      // Its workers write values, too.
      line.add("-Dray.job.jvm-options." + i + "=" + OPENED.get(i));
    }
    line.add("-Dray.address=" + cluster.address());
    line.add("-Dray.job.code-search-path=" + classes);
    line.add("-cp");
    // The cluster's API comes before the one that is compiled against.
    line.add(
        classes + ":" + cluster.ray().wheel().jar() + ":" + System.getProperty("java.class.path"));
    line.add(program.getName());
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).directory(cluster.folder().toFile());
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log(cluster).toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("RAY_"));
    builder.environment().putAll(cluster.environment());
    return builder.start();
  }

  /** Runs a program to its end, which has to be a good one, and returns what it has printed. */
  public static String run(RayCluster cluster, Class<?> program, String... arguments)
      throws IOException {
    Process process = start(cluster, program, arguments);
    try {
      process.getOutputStream().close();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(SAFETY_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(program.getName() + " failed: " + printed + complaints(cluster));
      }
      return printed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** What drivers of a cluster, and Ray's libraries in them, have had to complain of. */
  public static String complaints(RayCluster cluster) throws IOException {
    return Files.readString(log(cluster));
  }

  private static Path log(RayCluster cluster) {
    return cluster.folder().resolve("drivers.log");
  }

  private static Path classesOf(Class<?> program) throws IOException {
    try {
      return Path.of(program.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
