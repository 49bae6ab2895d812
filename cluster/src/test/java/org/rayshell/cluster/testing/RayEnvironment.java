package org.rayshell.cluster.testing;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.rayshell.cluster.RayWheel;

/**
 * A Python environment with Ray in it, made when it is first needed and kept in the clone. {@code
 * -Drayshell.test.ray=2.49.2} takes this version instead of the pinned one. Thread-safe.
 *
 * @param folder its root
 */
public record RayEnvironment(Path folder) {
  private static final int MINUTES = 15;
  private static final String MAKE =
      "set -euo pipefail; root=$1; . \"$root/install/lib/common.sh\"; . \"$root/install/lib/python.sh\";"
          + " make_environment \"$2\" \"$3\" 'Ray for tests' 'import ray.dashboard.optional_deps'";

  /** Where scripts and lists of packages are. */
  static final Path PYTHON = Clone.ROOT.resolve("cluster/src/test/python");

  private static RayEnvironment made;

  /** The one of this clone. */
  public static synchronized RayEnvironment get() throws IOException {
    if (made == null) {
      String version = System.getProperty("rayshell.test.ray", "");
      made =
          version.isEmpty()
              ? make(all().resolve("ray"), PYTHON.resolve("requirements.txt"))
              : of(version);
    }
    return made;
  }

  /** One with another version of Ray. */
  public static synchronized RayEnvironment of(String version) throws IOException {
    Path folder = all().resolve("ray-" + version);
    Path pins =
        Files.writeString(
            folder.resolveSibling(folder.getFileName() + ".txt"),
            "ray[default]==" + version + "\n");
    return make(folder, pins);
  }

  private static Path all() throws IOException {
    return Files.createDirectories(Clone.ROOT.resolve(".rayshell/cluster-tests"));
  }

  private static RayEnvironment make(Path folder, Path pins) throws IOException {
    try (var _ = Clone.lock("cluster-tests")) {
      Path log = folder.resolveSibling(folder.getFileName() + "-test.log");
      Process process =
          new ProcessBuilder(
                  "bash",
                  "-c",
                  MAKE,
                  "bash",
                  Clone.ROOT.toString(),
                  folder.toString(),
                  pins.toString())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new IOException(
            "no environment with Ray: " + Files.readString(log, StandardCharsets.UTF_8));
      }
      return new RayEnvironment(folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** A program of it. */
  public Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  /** What drivers in Java run with. */
  public RayWheel wheel() {
    return RayWheel.at(folder);
  }

  /** Whether clusters of it can ask for a token; older ones let everybody in. */
  public boolean hasTokens() {
    Version version = Version.parse(wheel().version());
    return version.compareTo(Version.parse("2.52")) >= 0;
  }
}
