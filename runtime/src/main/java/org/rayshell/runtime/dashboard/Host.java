package org.rayshell.runtime.dashboard;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the machine itself does now: load and memory. Thread-safe. */
final class Host {
  private static final long KILO = 1024;

  /** A worker's memory is looked up no more often. */
  private static final long FRESH_NS = 1_000_000_000L;

  private static final int MOST_SAMPLES = 1_000;

  /** What a process held at a moment of {@link System#nanoTime}; immutable. */
  private record Sample(long at, long bytes) {}

  private final Map<Long, Sample> resident = new ConcurrentHashMap<>();

  /** Loaded when first asked for: the management classes take longer than the dashboard's start. */
  private static final class Beans {
    static final OperatingSystemMXBean SYSTEM =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  }

  /** How busy the CPUs are, 0 to 1. */
  double cpuLoad() {
    double load = Beans.SYSTEM.getCpuLoad();
    return load >= 0 && load <= 1 ? load : 0;
  }

  /** Memory of the machine in bytes. */
  long totalBytes() {
    return Beans.SYSTEM.getTotalMemorySize();
  }

  /** Memory that programs could still get, in bytes. */
  long availableBytes() {
    long available = kilobytes(Path.of("/proc/meminfo"), "MemAvailable:");
    return available < 0 ? Beans.SYSTEM.getFreeMemorySize() : Math.min(available, totalBytes());
  }

  /**
   * Memory that a process holds, in bytes, at most a second ago; 0 if it is gone or this cannot be
   * told.
   */
  long residentBytes(long pid) {
    long now = System.nanoTime();
    Sample known = resident.get(pid);
    if (known == null || now - known.at > FRESH_NS) {
      if (resident.size() > MOST_SAMPLES) {
        resident.clear();
      }
      Path status = Path.of("/proc", Long.toString(pid), "status");
      known = new Sample(now, Math.max(0, kilobytes(status, "VmRSS:")));
      resident.put(pid, known);
    }
    return known.bytes;
  }

  private static long kilobytes(Path file, String name) {
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(name)) {
          return Long.parseLong(line.substring(name.length()).strip().split("\\s+")[0]) * KILO;
        }
      }
    } catch (IOException | NumberFormatException _) {
      // not Linux, or the process has just ended
    }
    return -1;
  }
}
