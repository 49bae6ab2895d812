package org.rayshell.kernel.bridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the system says of a process, on Linux; elsewhere nothing. Thread-safe. */
final class ProcStatus {
  private static final long KILO = 1_024;

  private ProcStatus() {}

  /** Memory that it holds, in bytes; -1 if that cannot be told. */
  static long residentBytes(long pid) {
    return value(pid, "VmRSS:")
        .map(text -> Long.parseLong(text.split("\\s+")[0]) * KILO)
        .orElse(-1L);
  }

  /** Whether it was stopped, by SIGSTOP or a debugger. */
  static boolean isStopped(long pid) {
    return value(pid, "State:").filter(text -> text.matches("(?i)t.*")).isPresent();
  }

  private static Optional<String> value(long pid, String name) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(name.length()).strip())
          .findFirst();
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
