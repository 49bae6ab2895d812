package org.rayshell.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The environment of the Python on PATH. */
final class PythonPrefix {
  private PythonPrefix() {}

  /**
   * Asks {@code python3}, then {@code python}, for its {@code sys.prefix}: in an active virtual
   * environment, that environment.
   */
  static Path find() throws InstallException {
    for (String python : List.of("python3", "python")) {
      try {
        Process process =
            new ProcessBuilder(python, "-c", "import sys; print(sys.prefix)")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String prefix =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() == 0 && !prefix.isEmpty()) {
          return Path.of(prefix);
        }
      } catch (IOException _) {
        // There is no such command: the next one may be there.
      } catch (InterruptedException e) {
        throw new InstallException("interrupted", e);
      }
    }
    throw new InstallException(
        "--sys-prefix needs a python3 or python on PATH and there is none that works; use --prefix"
            + " DIR");
  }
}
