package org.rayshell.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * The jars that a kernel runs on, in the order of its class path; immutable.
 *
 * @param files our own first
 */
record Jars(List<Path> files) {
  private static final String OWN = "rayshell-";

  /** Those that the build put into the folder {@code lib} beside the installer's own jar. */
  static Jars beside(Path installer) throws InstallException {
    Path lib = installer.resolveSibling("lib");
    try (var entries = Files.list(lib)) {
      List<Path> jars =
          entries
              .filter(file -> file.toString().endsWith(".jar"))
              .sorted(
                  Comparator.comparing((Path file) -> !name(file).startsWith(OWN))
                      .thenComparing(Jars::name))
              .toList();
      if (jars.stream().noneMatch(file -> name(file).startsWith(OWN + "kernel"))) {
        throw new InstallException("no kernel's jar in " + lib + "; build again: mvn package");
      }
      return new Jars(jars);
    } catch (IOException e) {
      throw new InstallException("cannot read " + lib + "; build again: mvn package", e);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
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
