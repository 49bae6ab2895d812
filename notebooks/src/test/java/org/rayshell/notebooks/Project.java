package org.rayshell.notebooks;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are in the clone that is tested. */
final class Project {
  static final Path ROOT = root();
  static final Path TARGET = ROOT.resolve("notebooks/target");
  static final Path TOUR = notebook("tour");
  static final Path PYTHON = ROOT.resolve("notebooks/src/test/python");

  private Project() {}

  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(at.resolve("install/kernel"))) {
      at = at.getParent();
      if (at == null) {
        throw new IllegalStateException("not run inside a clone: " + Path.of("").toAbsolutePath());
      }
    }
    return at;
  }

  /** The notebook of that name, as it is in the repository. */
  static Path notebook(String name) {
    return ROOT.resolve("notebooks").resolve(name + ".ipynb");
  }

  static Path script(String name) {
    return ROOT.resolve("install").resolve(name);
  }
}
