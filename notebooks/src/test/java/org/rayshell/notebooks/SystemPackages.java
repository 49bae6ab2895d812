package org.rayshell.notebooks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.rayshell.cluster.testing.Clone;

/** What tests fetch for themselves on a machine that lacks it. */
final class SystemPackages {
  private SystemPackages() {}

  /** Whether the distribution's packages can be installed. */
  static boolean mayInstall() {
    return System.getProperty("user.name").equals("root");
  }

  /** Installs packages of Debian and its like. */
  static Outcome install(String... names) throws IOException {
    run(List.of("apt-get", "update"));
    List<String> command = new ArrayList<>(List.of("apt-get", "install", "-y"));
    command.addAll(List.of(names));
    return run(command);
  }

  /** Runs in the user's own home: what is fetched serves the next run too. */
  static Outcome run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    try (var _ = Clone.lock("system-packages")) {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(command, process.onExit().join().exitValue(), output);
    }
  }
}
