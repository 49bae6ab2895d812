package org.rayshell.install;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The jars that a kernel runs on, in the order of its class path; immutable.
 *
 * @param files our own first
 */
record Jars(List<Path> files) {
  private static final String OWN = "rayshell-";
  private static final String RAY_API = "rayshell-ray-api-";

  /**
   * Those in the folder {@code lib} beside the installer's own jar, where a build puts them;
   * without such a folder, as with JBang, those of the installer's class path.
   */
  static Jars of(Path installer, String classPath) throws InstallException {
    Path lib = installer.resolveSibling("lib");
    List<Path> found = Files.isDirectory(lib) ? in(lib, "*.jar") : entries(classPath, installer);
    List<Path> jars =
        found.stream()
            .sorted(
                Comparator.comparing((Path file) -> !name(file).startsWith(OWN))
                    .thenComparing(Jars::name))
            .toList();
    if (jars.stream().noneMatch(file -> name(file).startsWith(OWN + "kernel"))) {
      throw new InstallException("no kernel's jar in " + lib + "; build again: mvn package");
    }
    return new Jars(jars);
  }

  private static List<Path> in(Path folder, String pattern) throws InstallException {
    try (var files = Files.newDirectoryStream(folder, pattern)) {
      List<Path> found = new ArrayList<>();
      files.forEach(found::add);
      return found;
    } catch (IOException e) {
      throw new InstallException("cannot read " + folder + "; build again: mvn package", e);
    }
  }

  private static List<Path> entries(String classPath, Path installer) {
    return Arrays.stream(classPath.split(File.pathSeparator))
        .map(Path::of)
        .filter(file -> Files.isRegularFile(file) && !file.equals(installer))
        .toList();
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** Those that a kernel starts with. */
  List<Path> classPath() {
    return files.stream().filter(file -> !name(file).startsWith(RAY_API)).toList();
  }

  /** What a kernel adds to its notebooks' libraries if Ray Java's API is among them. */
  Optional<Path> rayApi() {
    return files.stream().filter(file -> name(file).startsWith(RAY_API)).findFirst();
  }

  /** Copies them into the folder. */
  void copyTo(Path folder) throws IOException {
    for (Path file : files) {
      Files.copy(file, folder.resolve(file.getFileName()));
    }
  }

  /** The same jars, in another folder. */
  Jars in(Path folder) {
    return new Jars(files.stream().map(file -> folder.resolve(file.getFileName())).toList());
  }
}
