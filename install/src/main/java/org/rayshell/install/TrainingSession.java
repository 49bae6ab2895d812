package org.rayshell.install;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.rayshell.kernel.channel.ConnectionFile;

/** A kernel that runs in order to be watched by the JVM. Confined to one thread. */
final class TrainingSession implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path scratch;
  private final Process kernel;
  private final TrainingClient client;

  private TrainingSession(Path scratch, Process kernel, TrainingClient client) {
    this.scratch = scratch;
    this.kernel = kernel;
    this.client = client;
  }

  /** Starts the kernel; the line lacks its connection file. */
  static TrainingSession start(List<String> line) throws IOException {
    Path scratch = Files.createTempDirectory("rayshell-training");
    try {
      Path connection = scratch.resolve("connection.json");
      Files.createFile(
          connection,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(connection, connectionJson().toString());
      List<String> command = new ArrayList<>(line);
      command.add(connection.toString());
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(scratch.toFile())
              .redirectErrorStream(true)
              .redirectOutput(scratch.resolve("output.log").toFile());
      // The kernel does not outlive an installer that is killed.
      builder.environment().put("JPY_PARENT_PID", Long.toString(ProcessHandle.current().pid()));
      builder.environment().put("RAYSHELL_HISTORY", scratch.resolve("history.sqlite").toString());
      Process kernel = builder.start();
      return new TrainingSession(
          scratch, kernel, new TrainingClient(ConnectionFile.read(connection), kernel::isAlive));
    } catch (IOException | RuntimeException e) {
      Folders.removeTree(scratch);
      throw e;
    }
  }

  private static JsonObject connectionJson() throws IOException {
    JsonObject json = new JsonObject();
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (String port : List.of("shell", "iopub", "stdin", "control", "hb")) {
        // All are held until all are found, so that they differ.
        ServerSocket socket = new ServerSocket(0);
        held.add(socket);
        json.addProperty(port + "_port", socket.getLocalPort());
      }
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
    json.addProperty("transport", "tcp");
    json.addProperty("ip", "127.0.0.1");
    json.addProperty("key", UUID.randomUUID().toString());
    json.addProperty("signature_scheme", "hmac-sha256");
    return json;
  }

  /** Does what people do in a notebook, ends its worker, then the kernel. */
  void run() throws TrainingException {
    try {
      client.greet();
      for (int round = 0; round < TrainingCells.ROUNDS; round++) {
        for (String cell : TrainingCells.LOCAL) {
          client.execute(cell);
        }
        client.assist(TrainingCells.COMPLETED, TrainingCells.INSPECTED, TrainingCells.JUDGED);
      }
      client.execute(TrainingCells.GATE);
      for (String cell : TrainingCells.INTERRUPTED) {
        client.interrupt(cell);
      }
      client.execute(TrainingCells.OPENED);
      for (String cell : TrainingCells.REMOTE) {
        client.execute(cell);
      }
      endWorkers();
      client.execute("Ray.shutdown()");
      client.shutdown();
      if (!kernel.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new TrainingException("the kernel did not end within " + PATIENCE.toSeconds() + " s");
      }
    } catch (TrainingException e) {
      throw new TrainingException(e.getMessage() + lastOutput());
    } catch (InterruptedException _) {
      throw new TrainingException("interrupted");
    }
  }

  /** The worker writes its cache when it ends in order; the runtime ends workers without that. */
  private void endWorkers() throws InterruptedException {
    for (ProcessHandle worker : kernel.descendants().toList()) {
      worker.destroy();
      try {
        worker.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException _) {
        worker.destroyForcibly();
      }
    }
  }

  private String lastOutput() {
    try {
      List<String> lines = Files.readAllLines(scratch.resolve("output.log"));
      return lines.isEmpty() ? "" : " (the kernel's last line: " + lines.getLast() + ")";
    } catch (IOException _) {
      return "";
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
    List<ProcessHandle> left = kernel.descendants().toList();
    kernel.destroyForcibly();
    left.forEach(ProcessHandle::destroyForcibly);
    try {
      kernel.waitFor();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    Folders.removeTree(scratch);
  }
}
