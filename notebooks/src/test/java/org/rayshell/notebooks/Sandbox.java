package org.rayshell.notebooks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/**
 * A home of its own for the programs that a test starts. Closing it fails the test if a process of
 * theirs still lives, or a session's folder is left. Confined to one thread.
 */
final class Sandbox implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final String MARK = "RAYSHELL_TEST";

  private final String mark = UUID.randomUUID().toString();
  private final Path folder;
  private final Path runtime;
  private final Map<String, String> environment = new LinkedHashMap<>();

  Sandbox(String name) throws IOException {
    folder = Project.TARGET.resolve("sandbox").resolve(name);
    deleteTree(folder);
    // Paths of Unix sockets have to be short.
    runtime = Files.createTempDirectory("rs");
    environment.put(MARK, mark);
    environment.put("HOME", make("home").toString());
    environment.put("XDG_RUNTIME_DIR", runtime.toString());
    environment.put("JUPYTER_CONFIG_DIR", make("config").toString());
    environment.put("JUPYTER_DATA_DIR", make("data").toString());
    environment.put("JUPYTER_RUNTIME_DIR", make("runtime").toString());
    environment.put("JUPYTERLAB_SETTINGS_DIR", make("settings").toString());
    environment.put("IPYTHONDIR", make("ipython").toString());
    environment.put("PYTHONUNBUFFERED", "1");
  }

  Path folder() {
    return folder;
  }

  /** Where runtimes keep the folders of their sessions. */
  Path runtime() {
    return runtime;
  }

  Path make(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  Sandbox with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Sets the settings of one of JupyterLab's plugins, for all that are started from now on. */
  void setting(String extension, String plugin, String json) throws IOException {
    Path of = make("settings/@jupyterlab/" + extension);
    Files.writeString(of.resolve(plugin + ".jupyterlab-settings"), json);
  }

  /** The kernel under test is the one that Jupyter finds. */
  Sandbox withKernel() throws IOException {
    return with("JUPYTER_PATH", InstalledKernel.prefix().resolve("share/jupyter").toString());
  }

  Outcome run(Object... command) throws IOException {
    List<String> line = new ArrayList<>();
    for (Object word : command) {
      line.add(word.toString());
    }
    Process process = start(line);
    process.getOutputStream().close();
    CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process));
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        throw new AssertionError(
            "still running after " + PATIENCE + ": " + new Outcome(line, -1, output.join()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return new Outcome(line, process.exitValue(), output.join());
  }

  Process start(List<String> line) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    environment.forEach((name, value) -> {
      if (value == null) {
        builder.environment().remove(name);
      } else {
        builder.environment().put(name, value);
      }
    });
    return builder.start();
  }

  private static String read(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The processes started here, and theirs, that live; only Linux tells. */
  List<ProcessHandle> living() {
    return ProcessHandle.allProcesses().filter(this::isOurs).toList();
  }

  private boolean isOurs(ProcessHandle process) {
    try {
      Path environ = Path.of("/proc", Long.toString(process.pid()), "environ");
      return process.isAlive()
          && Files.readString(environ, StandardCharsets.ISO_8859_1).contains(MARK + "=" + mark);
    } catch (IOException _) {
      // Ended meanwhile, or another user's.
      return false;
    }
  }

  /** The folders of sessions, of drivers that live or died. */
  List<Path> sessions() throws IOException {
    try (var files = Files.walk(runtime)) {
      return files.filter(f -> f.getFileName().toString().startsWith("session_")).toList();
    }
  }

  @Override
  public void close() throws IOException {
    List<String> left = new ArrayList<>();
    for (ProcessHandle process : living()) {
      left.add(process.pid() + " " + process.info().commandLine().orElse("?"));
      process.destroyForcibly();
    }
    List<Path> sessions = sessions();
    deleteTree(runtime);
    Assertions.assertEquals(List.of(), left, "processes left behind");
    Assertions.assertEquals(List.of(), sessions, "sessions left behind");
  }

  static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    List<Path> files;
    try (var walk = Files.walk(tree)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
