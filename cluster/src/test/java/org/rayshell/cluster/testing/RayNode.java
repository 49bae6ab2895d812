package org.rayshell.cluster.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A node that runs: all of Ray's processes on it, and their workers, below one process of ours,
 * which kills them when it is told to and when this JVM has died. Thread-safe.
 */
public final class RayNode {
  /** Against hangs only. */
  private static final int SAFETY_SECONDS = 120;

  private static final String UP = "This command will now block forever";

  private final Process process;
  private final Thread reader;
  private final StringBuffer output = new StringBuffer();
  private final CompletableFuture<Void> up = new CompletableFuture<>();

  /**
   * Starts a node, and returns when it has joined its cluster.
   *
   * @param folder what is removed if this JVM dies
   * @param enter what stands before its command line
   * @param environment all of the processes' variables
   */
  static RayNode start(
      RayEnvironment ray,
      Path folder,
      List<String> enter,
      List<String> arguments,
      Map<String, String> environment)
      throws IOException {
    List<String> line = new ArrayList<>(enter);
    line.add(ray.program("python").toString());
    line.add(RayEnvironment.PYTHON.resolve("node.py").toString());
    line.add(folder.toString());
    line.add(ray.program("python").toString());
    line.add(ray.program("ray").toString());
    line.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    RayNode node = new RayNode(builder.start());
    try {
      node.up.get(SAFETY_SECONDS, TimeUnit.SECONDS);
      return node;
    } catch (ExecutionException | TimeoutException e) {
      node.kill();
      throw new IOException("ray " + String.join(" ", arguments) + "\n" + node.output, e);
    } catch (InterruptedException e) {
      node.kill();
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private RayNode(Process process) {
    this.process = process;
    reader = Thread.ofVirtual().name("ray-node").start(this::read);
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.append(line).append('\n');
        if (line.contains(UP)) {
          up.complete(null);
        }
      }
      up.completeExceptionally(new IOException("it ended"));
    } catch (IOException e) {
      up.completeExceptionally(e);
    }
  }

  /** What {@code ray start} has printed. */
  public String output() {
    return output.toString();
  }

  /**
   * Ends all processes of the node at once, as a power cut does, and returns when they are gone.
   * Does nothing for a node that was killed.
   */
  public void kill() throws IOException {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().close();
    } catch (IOException _) {
      // It has ended, or was told before.
    }
    // Of a test that is interrupted nothing may stay either.
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          awaitEnd();
          return;
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends the node's raylet alone, as the system does for want of memory. */
  public void killRaylet() {
    List<ProcessHandle> raylets =
        process
            .descendants()
            .filter(p -> p.info().command().orElse("").endsWith("/raylet"))
            .toList();
    if (raylets.size() != 1) {
      throw new IllegalStateException("not one raylet: " + raylets);
    }
    raylets.getFirst().destroyForcibly();
  }

  private void awaitEnd() throws IOException, InterruptedException {
    if (!process.waitFor(SAFETY_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("Ray's processes do not end: pid=" + process.pid());
    }
    reader.join();
  }
}
