package org.rayshell.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that runs a main class of the tests; closing it kills it. */
public final class ChildJvm implements AutoCloseable {
  /** Against hangs only. */
  private static final long SAFETY_SECONDS = 60;

  private final Process process;
  private final BufferedReader out;

  private ChildJvm(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts the main class on this JVM's class path; stderr goes to stdout. */
  public static ChildJvm start(Class<?> main, String... args) {
    return start(Map.of(), main, args);
  }

  /**
   * As {@link #start(Class, String...)}, with so many file descriptors at most.
   *
   * @param classPath what it loads its classes from
   */
  public static ChildJvm startWithFiles(
      int descriptors, String classPath, Class<?> main, String... args) {
    return startLimited("-n " + descriptors, classPath, main, args);
  }

  /** As {@link #start(Class, String...)}, with files of so many bytes at most. */
  public static ChildJvm startWithFileSize(long bytes, Class<?> main, String... args) {
    String classPath = System.getProperty("java.class.path");
    return startLimited("-f " + bytes / 512, classPath, main, args);
  }

  private static ChildJvm startLimited(
      String limit, String classPath, Class<?> main, String... args) {
    List<String> line = new ArrayList<>(List.of("sh", "-c"));
    line.add("ulimit " + limit + "; exec \"$@\"");
    line.add("sh");
    line.addAll(line(classPath, main, args));
    return start(Map.of(), line);
  }

  /** As {@link #start(Class, String...)}, with more environment variables. */
  public static ChildJvm start(Map<String, String> environment, Class<?> main, String... args) {
    return start(environment, line(System.getProperty("java.class.path"), main, args));
  }

  private static List<String> line(String classPath, Class<?> main, String... args) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Xmx128m");
    line.add("-XX:+UseSerialGC");
    line.add("-XX:TieredStopAtLevel=1");
    line.add("-XX:-UsePerfData");
    line.add("--enable-native-access=ALL-UNNAMED");
    line.add("-cp");
    line.add(classPath);
    line.add(main.getName());
    line.addAll(List.of(args));
    return line;
  }

  private static ChildJvm start(Map<String, String> environment, List<String> line) {
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      return new ChildJvm(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process. */
  public Process process() {
    return process;
  }

  /** The next line it prints; fails at the end. */
  public String readLine() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new AssertionError("it has ended: exitCode=" + exitCode());
    }
    return line;
  }

  /** What it still prints until it ends. */
  public String readAll() throws IOException {
    return String.join("\n", out.readAllLines());
  }

  /** Its exit code, once it has ended. */
  public int exitCode() {
    process.onExit().orTimeout(SAFETY_SECONDS, TimeUnit.SECONDS).join();
    return process.exitValue();
  }

  /** Ends it as {@code kill -9} does, and waits for that. */
  public void kill() {
    process.destroyForcibly();
    exitCode();
  }

  @Override
  public void close() {
    kill();
  }
}
