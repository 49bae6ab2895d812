package org.rayshell.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.rayshell.Ray;

/**
 * Fails a test class that leaves a process, a thread of the runtime, a socket, a session's folder
 * or shared memory behind; looked at after each test that ends without a runtime, and at the end.
 */
public final class NothingLeft implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  /** Against hangs only. */
  private static final int SAFETY_SECONDS = 30;

  private final Set<Long> childrenBefore = new HashSet<>();
  private final Set<String> socketsBefore = new HashSet<>();

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    // The JDK keeps one socket of its own for closing others, from the first on.
    new ServerSocket(0).close();
    children().forEach(child -> childrenBefore.add(child.pid()));
    socketsBefore.addAll(sockets());
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    if (!Ray.isInitialized()) {
      check();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    assertEquals(false, Ray.isInitialized(), "the runtime is still up");
    check();
    Set<String> sockets = sockets();
    sockets.removeAll(socketsBefore);
    assertEquals(List.of(), inUse(sockets), "sockets left behind");
  }

  private void check() throws Exception {
    List<ProcessHandle> children =
        children().filter(child -> !childrenBefore.contains(child.pid())).toList();
    for (ProcessHandle child : children) {
      end(child);
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("rayshell")) {
        thread.join(SAFETY_SECONDS * 1000L);
        assertEquals(false, thread.isAlive(), "a thread left behind: " + thread.getName());
      }
    }
    assertEquals(List.of(), sessions(), "sessions left behind");
    assertEquals(List.of(), named(Path.of("/dev/shm"), "rayshell"), "shared memory left behind");
  }

  private static void end(ProcessHandle child) throws Exception {
    String what = child.pid() + " " + child.info().commandLine().orElse("?");
    try {
      child.onExit().get(SAFETY_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException _) {
      child.destroyForcibly();
      throw new AssertionError("a process left behind: " + what);
    }
  }

  private static Stream<ProcessHandle> children() {
    return ProcessHandle.current().children();
  }

  /** The folders of this process's sessions. */
  private static List<Path> sessions() throws IOException {
    Set<Path> parents = new LinkedHashSet<>();
    String xdg = System.getenv("XDG_RUNTIME_DIR");
    for (String parent : Stream.of(xdg, System.getProperty("java.io.tmpdir"), "/tmp").toList()) {
      if (parent != null) {
        parents.add(Path.of(parent));
      }
    }
    String pid = "_" + ProcessHandle.current().pid();
    List<Path> left = new ArrayList<>();
    for (Path parent : parents) {
      for (Path root : named(parent, "rayshell-")) {
        named(root, "session_").stream()
            .filter(session -> session.toString().endsWith(pid))
            .forEach(left::add);
      }
    }
    return left;
  }

  private static List<Path> named(Path folder, String part) throws IOException {
    if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().contains(part)).toList();
    }
  }

  /** The open sockets of this process, where the system tells. */
  private static Set<String> sockets() throws IOException {
    Set<String> sockets = new HashSet<>();
    for (Path open : named(Path.of("/proc/self/fd"), "")) {
      try {
        String target = Files.readSymbolicLink(open).toString();
        if (target.startsWith("socket:")) {
          sockets.add(target);
        }
      } catch (IOException _) {
        // Closed meanwhile.
      }
    }
    return sockets;
  }

  /** Those that are bound or connected, as the system describes them: the JDK makes others too. */
  private static List<String> inUse(Set<String> sockets) {
    List<String> lines = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6", "unix")) {
      try (Stream<String> all = Files.lines(Path.of("/proc/net", table))) {
        all.filter(line ->
                Stream.of(line.split(" +")).anyMatch(w -> sockets.contains("socket:[" + w + "]")))
            .forEach(line -> lines.add(table + " " + line.strip()));
      } catch (IOException e) {
        lines.add(table + " cannot be read: " + e);
      }
    }
    return lines;
  }
}
