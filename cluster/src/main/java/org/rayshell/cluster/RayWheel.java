package org.rayshell.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.rayshell.RayException;

/**
 * Ray's Java runtime as Ray's Python wheel brings it: since 2.39 it is nowhere else, and it must be
 * of the cluster's own version. Immutable.
 *
 * @param jar the runtime with all that it needs, and its native library
 * @param version Ray's, such as {@code 2.60.0}; empty for a jar that lies outside a wheel
 */
public record RayWheel(Path jar, String version) {
  private static final String INSTALL = "pip install 'ray[default]'";
  private static final Pattern VERSION = Pattern.compile("(?m)^version = \"([^\"]+)\"");

  private static final String JAR = "jars/ray_dist.jar";

  /**
   * The one at {@code given}: the jar, or a folder that has {@code ray/jars/ray_dist.jar} in it, as
   * site-packages have and an environment has deeper.
   *
   * @throws RayException if it is not there
   */
  public static RayWheel at(Path given) {
    if (Files.isRegularFile(given)) {
      return ofJar(given);
    }
    for (Path folder : folders(given)) {
      Path jar = folder.resolve("ray").resolve(JAR);
      if (Files.isRegularFile(jar)) {
        return ofJar(jar);
      }
    }
    throw new RayException(
        "no Ray for Java at path="
            + given
            + ": expected ray_dist.jar, or a folder with ray/"
            + JAR
            + ", which "
            + INSTALL
            + " installs");
  }

  /**
   * The one that a program started here would use: that of the active environment ({@code
   * VIRTUAL_ENV}, {@code CONDA_PREFIX}), or else of {@code python3} or {@code python} on the PATH.
   * Asks these Pythons, which takes some 50 ms each.
   *
   * @throws RayException if none has Ray, or the first that has it lacks the jar
   */
  public static RayWheel find() {
    return find(System.getenv());
  }

  static RayWheel find(Map<String, String> environment) {
    StringBuilder asked = new StringBuilder();
    for (Python python : Python.candidates(environment)) {
      Python.Answer answer = python.packageFolder("ray");
      if (answer.folder().isPresent()) {
        return ofPackage(answer.folder().get(), python);
      }
      asked.append(asked.isEmpty() ? "" : ", ").append(python.program());
      asked.append(' ').append(answer.reason());
    }
    throw new RayException(
        "no Ray for Java found: looked for ray/"
            + JAR
            + " by VIRTUAL_ENV, CONDA_PREFIX, and python3 and python on the PATH ("
            + (asked.isEmpty() ? "no Python there" : asked)
            + "); "
            + INSTALL);
  }

  private static RayWheel ofPackage(Path folder, Python python) {
    Path jar = folder.resolve(JAR);
    if (!Files.isRegularFile(jar)) {
      throw new RayException(
          "Ray "
              + versionOf(folder)
              + " of "
              + python.program()
              + " was built without Java: no "
              + jar
              + "; PyPI's wheels for Linux have it: "
              + INSTALL);
    }
    return ofJar(jar);
  }

  private static RayWheel ofJar(Path jar) {
    Path absolute = jar.toAbsolutePath().normalize();
    Path folder = absolute.getParent().getParent();
    return new RayWheel(absolute, folder == null ? "" : versionOf(folder));
  }

  /** The version of the Python package of Ray in that folder, or an empty string. */
  public static String versionOf(Path folder) {
    try {
      Matcher version = VERSION.matcher(Files.readString(folder.resolve("_version.py")));
      return version.find() ? version.group(1) : "";
    } catch (IOException _) {
      return "";
    }
  }

  /** The folder, and where the packages are if it is an environment's. */
  private static List<Path> folders(Path given) {
    try (Stream<Path> libraries = Files.list(given.resolve("lib"))) {
      return Stream.concat(
              Stream.of(given), libraries.sorted().map(library -> library.resolve("site-packages")))
          .toList();
    } catch (IOException _) {
      return List.of(given);
    }
  }
}
