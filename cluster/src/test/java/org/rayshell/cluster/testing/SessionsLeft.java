package org.rayshell.cluster.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.rayshell.Ray;

/**
 * Fails a test that leaves a session of this process: its gateway or workers, or its folder, in
 * which its sockets are.
 */
public final class SessionsLeft implements AfterEachCallback {
  /** Against hangs only. */
  private static final int SAFETY_SECONDS = 30;

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    assertEquals(false, Ray.isInitialized(), "the session is still up");
    check(ProcessHandle.current().pid());
  }

  /** Fails if a session is left whose driver has that process id. */
  static void check(long driver) throws IOException, InterruptedException {
    String end = "_" + driver;
    for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
      if (names(process.pid(), end)) {
        end(process);
      }
    }
    List<Path> left = new ArrayList<>();
    Set<String> parents =
        new LinkedHashSet<>(List.of("/tmp", System.getProperty("java.io.tmpdir")));
    if (System.getenv("XDG_RUNTIME_DIR") != null) {
      parents.add(System.getenv("XDG_RUNTIME_DIR"));
    }
    for (String parent : parents) {
      for (Path root : named(Path.of(parent), "rayshell-")) {
        named(root, "session_").stream()
            .filter(session -> session.toString().endsWith(end))
            .forEach(left::add);
      }
    }
    assertEquals(List.of(), left, "sessions left behind");
    assertEquals(List.of(), named(Path.of("/dev/shm"), "rayshell"), "shared memory left behind");
  }

  private static boolean names(long pid, String end) {
    try {
      String line =
          Files.readString(
              Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
      return Stream.of(line.split("\0"))
          .anyMatch(word -> word.contains("/session_") && word.endsWith(end));
    } catch (IOException _) {
      // Ended meanwhile.
      return false;
    }
  }

  private static void end(ProcessHandle process) throws InterruptedException {
    String what = process.pid() + " " + process.info().commandLine().orElse("?");
    try {
      process.onExit().get(SAFETY_SECONDS, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new AssertionError("a process left behind: " + what, e);
    }
  }

  private static List<Path> named(Path folder, String part) throws IOException {
    if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().contains(part)).toList();
    }
  }
}
