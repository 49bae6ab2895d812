package org.rayshell.cluster.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs that have sessions, each in a JVM of its own: for what their environment decides. */
public final class SessionDriver {
  /** Against hangs only. */
  private static final int SAFETY_SECONDS = 180;

  private SessionDriver() {}

  /**
   * Runs a class's main method to its end, which has to be a good one that leaves nothing, and
   * returns what it has printed.
   *
   * @param variables all of Ray's that it gets, with {@code HOME}
   */
  public static String run(Class<?> program, Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    return run(List.of(), program, variables, arguments);
  }

  /** Runs it on that host. */
  public static String run(
      Host host, Class<?> program, Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    return run(host.enter(), program, variables, arguments);
  }

  private static String run(
      List<String> enter, Class<?> program, Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(enter);
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("--"))
        .forEach(line::add);
    line.add("-cp");
    line.add(System.getProperty("java.class.path"));
    line.add(program.getName());
    line.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.startsWith("RAY_"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(SAFETY_SECONDS, TimeUnit.SECONDS), printed);
      assertEquals(0, process.exitValue(), printed);
      SessionsLeft.check(process.pid());
      return printed;
    } finally {
      process.destroyForcibly();
    }
  }
}
