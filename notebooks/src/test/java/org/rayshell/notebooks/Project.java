package org.rayshell.notebooks;

import java.nio.file.Path;
import org.rayshell.cluster.testing.Clone;

/** Where things are in the clone that is tested. */
final class Project {
  static final Path ROOT = Clone.ROOT;
  static final Path TARGET = ROOT.resolve("notebooks/target");
  static final Path TOUR = notebook("tour");
  static final Path PYTHON = ROOT.resolve("notebooks/src/test/python");

  private Project() {}

  /** The notebook of that name, as it is in the repository. */
  static Path notebook(String name) {
    return ROOT.resolve("notebooks").resolve(name + ".ipynb");
  }

  static Path script(String name) {
    return ROOT.resolve("install").resolve(name);
  }
}
