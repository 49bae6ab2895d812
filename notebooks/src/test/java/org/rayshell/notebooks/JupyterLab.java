package org.rayshell.notebooks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** A JupyterLab server of a test's own, on a folder of its own. Confined to one thread. */
final class JupyterLab implements AutoCloseable {
  private final Process process;
  private final String address;
  private final String token;

  private JupyterLab(Process process, String address, String token) {
    this.process = process;
    this.address = address;
    this.token = token;
  }

  /** Starts it, and returns when it serves. */
  static JupyterLab start(Sandbox sandbox, Path folder) throws IOException {
    // All cells are on the page, not only those that are in sight.
    Path settings = sandbox.make("settings/@jupyterlab/notebook-extension");
    Files.writeString(
        settings.resolve("tracker.jupyterlab-settings"), "{\"windowingMode\": \"none\"}");
    String token = UUID.randomUUID().toString();
    Process process =
        sandbox.start(
            List.of(
                PythonEnvironment.python().toString(),
                "-m",
                "jupyterlab",
                "--no-browser",
                "--allow-root",
                "--ServerApp.ip=127.0.0.1",
                "--ServerApp.port=0",
                "--IdentityProvider.token=" + token,
                "--ServerApp.root_dir=" + folder,
                "--LabApp.extension_manager=readonly"));
    try {
      BufferedReader log = process.inputReader();
      StringBuilder seen = new StringBuilder();
      for (String line = log.readLine(); line != null; line = log.readLine()) {
        seen.append(line).append('\n');
        int at = line.indexOf("http://127.0.0.1:");
        if (at >= 0) {
          String address = line.substring(at).replaceFirst("/lab.*", "");
          Thread.ofPlatform()
              .daemon()
              .name("jupyterlab-log")
              .start(() -> copy(log, folder.resolveSibling("jupyterlab.log")));
          return new JupyterLab(process, address, token);
        }
      }
      throw new IOException("JupyterLab did not start:\n" + seen);
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static void copy(BufferedReader log, Path file) {
    try (var out = Files.newBufferedWriter(file)) {
      log.transferTo(out);
    } catch (IOException _) {
      // The server has ended.
    }
  }

  /** The page of a notebook in the folder. */
  String page(String notebook) {
    return address + "/lab/tree/" + notebook + "?token=" + token;
  }

  /** Ends the server, which ends its kernels. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
