package org.rayshell.install;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The kernel's command line; immutable.
 *
 * @param java the JVM's launcher
 * @param jars the class path
 */
record KernelCommand(Path java, Jars jars) {
  private static final String MAIN = "org.rayshell.kernel.Main";

  /** An AOT cache is only good for the very same. */
  private static final List<String> TUNING =
      List.of(
          // A driver mostly waits, and is soonest up with it.
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          // A share of the machine's memory otherwise, all of which the first cells would touch.
          "-Xms64m",
          // No collection before the first cell has been answered.
          "-Xmn40m",
          // What waits in a burst of tasks outlives it all; copied again and again it costs a
          // tenth.
          "-XX:MaxTenuringThreshold=1",
          // What a burst of tasks took goes back with the next full collection, at once.
          "-XX:MinHeapFreeRatio=10",
          "-XX:MaxHeapFreeRatio=20",
          "-XX:-ShrinkHeapInSteps",
          // A runaway cell spins in a counted loop, too; it must come to a safepoint.
          "-XX:+UseCountedLoopSafepoints",
          "-XX:LoopStripMiningIter=1000",
          // The AOT cache where it was made for: no pointer of it has to be changed, no page
          // copied.
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0",
          // No file in the temp folder that kill -9 would leave behind.
          "-XX:-UsePerfData",
          "-Dfile.encoding=UTF-8",
          "-Dstdout.encoding=UTF-8",
          "-Dstderr.encoding=UTF-8",
          "-Dstdin.encoding=UTF-8",
          "-Djava.awt.headless=true",
          // Named, so that a start need not look into every jar for another; and no word of that.
          "-Dslf4j.provider=org.slf4j.simple.SimpleServiceProvider",
          "-Dslf4j.internal.verbosity=WARN");

  /** The command on the JVM that runs this program. */
  static KernelCommand onThisJvm(Jars jars) {
    return new KernelCommand(Path.of(System.getProperty("java.home"), "bin", "java"), jars);
  }

  /** The line that starts a kernel. */
  List<String> line(List<String> options, String connectionFile) {
    List<String> line = new ArrayList<>();
    line.add(java.toString());
    line.addAll(List.of(BUILD.getProperty("jvm.flags").strip().split("\\s+")));
    line.addAll(TUNING);
    // The JVM's own; a start need not look into every jar for another.
    line.add(
        "-Djava.nio.channels.spi.SelectorProvider="
            + SelectorProvider.provider().getClass().getName());
    jars.rayApi().ifPresent(jar -> line.add("-Drayshell.rayApi=" + jar));
    line.addAll(options);
    line.add("-cp");
    line.add(
        jars.classPath().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    line.add(MAIN);
    line.add(connectionFile);
    return line;
  }

  /** The version of what is installed. */
  static String version() {
    return BUILD.getProperty("version");
  }

  private static final Properties BUILD = build();

  private static Properties build() {
    try (InputStream in = KernelCommand.class.getResourceAsStream("build.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
