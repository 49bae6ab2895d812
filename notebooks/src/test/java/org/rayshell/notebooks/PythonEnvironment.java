package org.rayshell.notebooks;

import java.io.IOException;
import java.nio.file.Path;
import org.rayshell.cluster.testing.Clone;

/** The Python that tests run, in an environment made once a build. Thread-safe. */
final class PythonEnvironment {
  private static final String MAKE =
      "set -euo pipefail; root=$1; . \"$root/install/lib/common.sh\"; . \"$root/install/lib/python.sh\";"
          + " make_environment \"$2\" \"$3\"";
  private static Path python;

  private PythonEnvironment() {}

  /** Its interpreter. */
  static synchronized Path python() throws IOException {
    if (python == null) {
      Path folder = Project.TARGET.resolve("python");
      try (var _ = Clone.lock("python-environment");
          Sandbox sandbox = new Sandbox("python-environment")) {
        sandbox.with("HOME", System.getProperty("user.home"));
        sandbox
            .run(
                "bash",
                "-c",
                MAKE,
                "bash",
                Project.ROOT,
                folder,
                Project.PYTHON.resolve("requirements.txt"))
            .succeeded();
      }
      python = folder.resolve("bin/python");
    }
    return python;
  }
}
