package org.rayshell.runtime.worker;

import java.util.Map;

/**
 * How a worker process ended; immutable.
 *
 * @param pid the process
 * @param code its exit code as the JDK tells it: 128 + n if signal n ended it
 * @param stderrTail the last lines that the process and its tasks wrote to stderr; empty if there
 *     are none
 */
public record WorkerExit(long pid, int code, String stderrTail) {
  private static final int SIGNALLED = 128;
  private static final int LAST_SIGNAL = 64;

  /** The signals that end processes in practice, by Linux's and macOS's common numbers. */
  private static final Map<Integer, String> SIGNALS =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(5, "SIGTRAP"),
          Map.entry(6, "SIGABRT"),
          Map.entry(8, "SIGFPE"),
          Map.entry(9, "SIGKILL"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(14, "SIGALRM"),
          Map.entry(15, "SIGTERM"));

  /** {@code exit code 1} or {@code signal 9 (SIGKILL)}. */
  public String text() {
    int signal = code - SIGNALLED;
    if (signal <= 0 || signal > LAST_SIGNAL) {
      return "exit code " + code;
    }
    String name = SIGNALS.get(signal);
    return "signal " + signal + (name == null ? "" : " (" + name + ")");
  }

  /** As {@link #text}. */
  @Override
  public String toString() {
    return text();
  }
}
