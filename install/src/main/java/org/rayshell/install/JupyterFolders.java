package org.rayshell.install;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where Jupyter looks for kernelspecs; immutable.
 *
 * @param os as the system property {@code os.name} says
 * @param home the user's home folder
 * @param environment the environment variables
 */
record JupyterFolders(String os, Path home, Map<String, String> environment) {
  static JupyterFolders ofThisMachine() {
    return new JupyterFolders(
        System.getProperty("os.name"), Path.of(System.getProperty("user.home")), System.getenv());
  }

  /** The folder of kernelspecs of an environment. */
  Path kernels(Path prefix) {
    return prefix.toAbsolutePath().normalize().resolve("share/jupyter/kernels");
  }

  /** The folder of the user's own kernelspecs. */
  Path userKernels() {
    return userData().toAbsolutePath().normalize().resolve("kernels");
  }

  private Path userData() {
    String data = environment.getOrDefault("JUPYTER_DATA_DIR", "");
    if (!data.isEmpty()) {
      return Path.of(data);
    }
    if (os.startsWith("Mac")) {
      return userHome().resolve("Library/Jupyter");
    }
    String shared = environment.getOrDefault("XDG_DATA_HOME", "");
    return (shared.isEmpty() ? userHome().resolve(".local/share") : Path.of(shared))
        .resolve("jupyter");
  }

  /** The JVM asks the system's list of users; Jupyter believes HOME. */
  private Path userHome() {
    String variable = environment.getOrDefault("HOME", "");
    return variable.isEmpty() ? home : Path.of(variable);
  }
}
