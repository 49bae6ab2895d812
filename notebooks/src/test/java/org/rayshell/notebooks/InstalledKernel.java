package org.rayshell.notebooks;

import java.io.IOException;
import java.nio.file.Path;

/** The kernelspec under test, installed once a test process as people install it. Thread-safe. */
final class InstalledKernel {
  private static Path prefix;

  private InstalledKernel() {}

  /** Where it is installed. */
  static synchronized Path prefix() throws IOException {
    if (prefix == null) {
      String process = System.getProperty("rayshell.test.fork", "of one fork");
      Path folder = Project.TARGET.resolve("kernel prefix " + process);
      Sandbox.deleteTree(folder);
      try (Sandbox sandbox = new Sandbox("install " + process)) {
        // Maven's repository is in the real home.
        sandbox.with("HOME", System.getProperty("user.home"));
        Outcome outcome = sandbox.run(Project.script("kernel"), "--prefix", folder).succeeded();
        System.out.println(outcome.output());
      }
      prefix = folder;
    }
    return prefix;
  }

  static Path spec() throws IOException {
    return prefix().resolve("share/jupyter/kernels/rayshell");
  }
}
