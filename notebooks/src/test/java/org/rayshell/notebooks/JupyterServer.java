package org.rayshell.notebooks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A Jupyter server of a test's own, on a folder of its own. Confined to one thread. */
final class JupyterServer implements AutoCloseable {
  /** Which pages it serves notebooks on. */
  enum App {
    LAB("jupyterlab", "/lab/tree/", "--LabApp.extension_manager=readonly"),
    NOTEBOOK("notebook", "/notebooks/", "--JupyterNotebookApp.expose_app_in_browser=True");

    private final String module;
    private final String path;
    private final String option;

    App(String module, String path, String option) {
      this.module = module;
      this.path = path;
      this.option = option;
    }
  }

  private final App app;
  private final Process process;
  private final String address;
  private final String token;

  private JupyterServer(App app, Process process, String address, String token) {
    this.app = app;
    this.process = process;
    this.address = address;
    this.token = token;
  }

  /** Starts it, with more options if any, and returns when it serves. */
  static JupyterServer start(App app, Sandbox sandbox, Path folder, String... options)
      throws IOException {
    // All cells are on the page, not only those that are in sight.
    sandbox.setting("notebook-extension", "tracker", "{\"windowingMode\": \"none\"}");
    // JupyterLab drops a list of completions that comes after a second, as on a busy machine.
    sandbox.setting("completer-extension", "manager", "{\"providerTimeout\": 60000}");
    String token = UUID.randomUUID().toString();
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            PythonEnvironment.python().toString(),
            "-m",
            app.module,
            "--no-browser",
            "--allow-root",
            "--ServerApp.ip=127.0.0.1",
            "--ServerApp.port=0",
            "--IdentityProvider.token=" + token,
            "--ServerApp.root_dir=" + folder,
            app.option));
    command.addAll(List.of(options));
    Process process = sandbox.start(command);
    try {
      BufferedReader log = process.inputReader();
      StringBuilder seen = new StringBuilder();
      for (String line = log.readLine(); line != null; line = log.readLine()) {
        seen.append(line).append('\n');
        int at = line.indexOf("http://127.0.0.1:");
        if (at >= 0) {
          String address = line.substring(at).replaceFirst("/(lab|tree).*", "");
          Thread.ofPlatform()
              .daemon()
              .name("jupyter-log")
              .start(() -> copy(log, folder.resolveSibling("jupyter.log")));
          return new JupyterServer(app, process, address, token);
        }
      }
      throw new IOException("Jupyter did not start:\n" + seen);
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

  /** Where it serves, without a slash at the end. */
  String address() {
    return address;
  }

  /** The secret of its users. */
  String token() {
    return token;
  }

  /** The page of a notebook in the folder. */
  String page(String notebook) {
    return address + app.path + notebook + "?token=" + token;
  }

  /**
   * The page of a notebook in the folder, in a workspace of JupyterLab of that name: pages that
   * share one show each other's notebooks, too.
   */
  String page(String notebook, String workspace) {
    return page(notebook).replace("/lab/tree/", "/lab/workspaces/" + workspace + "/tree/");
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
