package org.rayshell.runtime.worker;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rayshell.RuntimeEnv;

/**
 * The command line of worker processes; immutable. A worker runs on the driver's own JVM and class
 * path.
 *
 * @param java the JVM's launcher
 * @param classPath absolute paths
 * @param heapBytes the most that a worker's heap may grow to
 * @param preview whether workers run classes that use preview features
 * @param aotCache the AOT cache that workers start from; null for none
 * @param aotOutput where the first worker writes an AOT cache at its exit; null for nowhere
 */
public record WorkerCommand(
    Path java, String classPath, long heapBytes, boolean preview, Path aotCache, Path aotOutput)
    implements ProcessCommand {
  /** System property of a driver: the AOT cache that workers start from, if the file exists. */
  public static final String AOT_CACHE = "rayshell.worker.aot";

  /** System property of a driver: where its first worker writes an AOT cache at its exit. */
  public static final String AOT_OUTPUT = "rayshell.worker.aotOutput";

  private static final String MAIN = "org.rayshell.runtime.worker.WorkerMain";

  /** A value of 200 MB is there up to three times while it is encoded or decoded. */
  private static final long HEAP_MIN = 1L << 30;

  /** A task that runs out of memory is to fail within seconds, not after minutes of collecting. */
  private static final long HEAP_MAX = 2L << 30;

  /** Classes that use preview features run in a JVM with this flag alone. */
  private static final String PREVIEW = "--enable-preview";

  private static final String COLLECTOR = "-XX:+UseSerialGC";

  /** The flags of every worker; an AOT cache is only good for the very same. */
  private static final List<String> FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          // Smallest and soonest up on the one CPU that a worker has.
          COLLECTOR,
          "-XX:+UseCompactObjectHeaders",
          // Gives memory back after a big value.
          "-XX:MinHeapFreeRatio=20",
          "-XX:MaxHeapFreeRatio=40",
          // Serial leaves safepoints out of counted loops: a spinning task could not be halted.
          "-XX:+UseCountedLoopSafepoints",
          "-XX:LoopStripMiningIter=1000",
          // The AOT cache where it was made for: no pointer of it has to be changed, no page
          // copied.
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0",
          // No file in the temp folder that kill -9 would leave behind.
          "-XX:-UsePerfData",
          "-XX:-CreateCoredumpOnCrash",
          // A remote function's first call needs no method handle to be spun for it.
          "-Djdk.reflect.useNativeAccessorOnly=true",
          "-Dstdout.encoding=UTF-8",
          "-Dstderr.encoding=UTF-8");

  /**
   * The command for that many workers beside this process.
   *
   * @param heapBytes the most that a worker's heap may grow to; -1 for the default
   */
  public static WorkerCommand of(int workers, long heapBytes) {
    return new WorkerCommand(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        driverClassPath(),
        heapBytes > 0 ? heapBytes : heapBytes(machineMemory(), workers),
        ManagementFactory.getRuntimeMXBean().getInputArguments().contains(PREVIEW),
        existing(System.getProperty(AOT_CACHE)),
        path(System.getProperty(AOT_OUTPUT)));
  }

  /** The class path of this process, absolute paths: what its workers have, too. */
  public static String driverClassPath() {
    return absolute(System.getProperty("java.class.path"));
  }

  /** A quarter of the memory shared out, within bounds. */
  static long heapBytes(long memoryBytes, int workers) {
    return Math.clamp(memoryBytes / 4 / workers, HEAP_MIN, HEAP_MAX) >> 20 << 20;
  }

  private static long machineMemory() {
    // Knows a container's limit.
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getTotalMemorySize();
  }

  /** A worker may run elsewhere than where the driver was started. */
  static String absolute(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> entry.endsWith("*") ? wildcard(entry) : absolutePath(entry))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String wildcard(String entry) {
    return absolutePath(entry.substring(0, entry.length() - 1)) + File.separator + "*";
  }

  private static String absolutePath(String entry) {
    return Path.of(entry).toAbsolutePath().normalize().toString();
  }

  private static Path path(String property) {
    return property == null || property.isBlank() ? null : Path.of(property).toAbsolutePath();
  }

  private static Path existing(String property) {
    Path file = path(property);
    return file != null && Files.isRegularFile(file) ? file : null;
  }

  @Override
  public List<String> line(SessionDirectory session, int number, RuntimeEnv env) {
    List<String> line = new ArrayList<>();
    line.add(java.toString());
    boolean choosesCollector =
        env.jvmOptions().stream().anyMatch(option -> option.matches("-XX:\\+Use\\w+GC"));
    for (String flag : FLAGS) {
      // Two of them at once are refused.
      if (!choosesCollector || !flag.equals(COLLECTOR)) {
        line.add(flag);
      }
    }
    if (preview) {
      line.add(PREVIEW);
    }
    // The driver's; a start need not look into every jar for another.
    line.add(
        "-Djava.nio.channels.spi.SelectorProvider="
            + SelectorProvider.provider().getClass().getName());
    line.add("-Xmx" + (heapBytes >> 20) + "m");
    // Of two that say the same, the later counts.
    line.addAll(env.jvmOptions());
    line.add("-XX:ErrorFile=" + session.logs().resolve("w" + number + ".hs_err"));
    if (aotOutput != null && number == 1) {
      line.add("-XX:AOTCacheOutput=" + aotOutput);
    } else if (aotCache != null) {
      // A cache of other flags or jars is no use and no harm.
      line.add("-XX:AOTCache=" + aotCache);
      line.add("-Xlog:aot=off,cds=off");
    }
    line.add("-cp");
    line.add(classPath);
    line.add(MAIN);
    line.add(session.path().toString());
    line.add(Integer.toString(number));
    return line;
  }
}
