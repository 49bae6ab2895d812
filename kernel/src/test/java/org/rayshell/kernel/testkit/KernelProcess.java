package org.rayshell.kernel.testkit;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.rayshell.kernel.channel.ConnectionFile;

/** A kernel in a JVM of its own, on a loopback address of its own. Closing leaves nothing. */
public final class KernelProcess implements AutoCloseable {
  private static final int PORT = 40001;

  // A JVM leaves SIGINT ignored where it was ignored before, as in a shell's background job.
  private static final String WITH_SIGINT =
      """
      import os, signal, sys
      signal.signal(signal.SIGINT, signal.SIG_DFL)
      os.execv(sys.argv[1], sys.argv[1:])
      """;

  private final Path directory;
  private final Path connectionFile;
  private final ConnectionFile connection;
  private final Process process;

  private KernelProcess(
      Path directory, Path file, List<String> jvmOptions, Map<String, String> environment)
      throws IOException {
    this.directory = directory;
    this.connectionFile = file;
    this.connection = ConnectionFile.read(file);
    List<String> command = new ArrayList<>(List.of("python3", "-c", WITH_SIGINT));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(ownOptions());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("org.rayshell.kernel.Main", file.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("JPY_PARENT_PID");
    builder.environment().put("RAYSHELL_HISTORY", ":memory:");
    builder.environment().putAll(environment);
    builder.redirectOutput(directory.resolve("stdout").toFile());
    builder.redirectError(directory.resolve("stderr").toFile());
    process = builder.start();
  }

  /** What the tests' JVM was given of what the product's is given. */
  private static List<String> ownOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(each -> each.startsWith("--") || each.startsWith("-Drayshell."))
        .toList();
  }

  /** A kernel with that engine. */
  public static KernelProcess start(Class<?> engine, String... jvmOptions) {
    return start(engine.getName(), Map.of(), jvmOptions);
  }

  /** A kernel with an engine by name and more environment variables. */
  public static KernelProcess start(
      String engine, Map<String, String> environment, String... jvmOptions) {
    try {
      Path directory = Files.createTempDirectory("kernel-test");
      List<String> options = new ArrayList<>(List.of(jvmOptions));
      options.add("-Drayshell.engine=" + engine);
      return new KernelProcess(directory, write(directory, Map.of()), options, environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A kernel with the echo engine and other fields in its connection file. */
  public static KernelProcess startWith(Map<String, String> connection, String... jvmOptions) {
    try {
      Path directory = Files.createTempDirectory("kernel-test");
      List<String> options = new ArrayList<>(List.of(jvmOptions));
      options.add("-Drayshell.engine=" + EchoEngine.class.getName());
      return new KernelProcess(directory, write(directory, connection), options, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a connection file with an address that no other test uses. */
  static Path write(Path directory, Map<String, String> more) throws IOException {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String ip =
        "127.%d.%d.%d"
            .formatted(random.nextInt(1, 255), random.nextInt(256), random.nextInt(1, 255));
    String json =
        """
        {"transport": "tcp", "ip": "%s", "key": "%s", "signature_scheme": "hmac-sha256",
         "shell_port": %d, "iopub_port": %d, "stdin_port": %d, "control_port": %d, "hb_port": %d,
         "kernel_name": "test"}\
        """
            .formatted(ip, UUID.randomUUID(), PORT, PORT + 1, PORT + 2, PORT + 3, PORT + 4);
    JsonObject connection = JsonParser.parseString(json).getAsJsonObject();
    more.forEach(connection::addProperty);
    Path file = directory.resolve("connection.json");
    Files.writeString(file, connection.toString());
    return file;
  }

  /** Where it listens. */
  public ConnectionFile connection() {
    return connection;
  }

  /** The file that it was started with. */
  public Path connectionFile() {
    return connectionFile;
  }

  /** The process. */
  public Process process() {
    return process;
  }

  /** What it has written to its own stderr so far. */
  public String stderr() {
    return read("stderr");
  }

  /** What it has written to its own stdout so far. */
  public String stdout() {
    return read("stdout");
  }

  private String read(String name) {
    try {
      return Files.readString(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for its end; its exit code. */
  public int awaitExit() {
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new AssertionError("the kernel does not end; its stderr: " + stderr());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitExit();
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
