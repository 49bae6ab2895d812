package org.rayshell.runtime;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rayshell.RayOptions;
import org.rayshell.runtime.worker.SystemRandom;

/**
 * What this machine offers; immutable.
 *
 * @param workers how many worker processes are kept
 * @param limit how many may live at once
 * @param amounts by name, in the order they are shown; memory in bytes
 */
record NodeResources(int workers, int limit, Map<String, Double> amounts) {
  private static final double STORE_SHARE = 0.3;

  /** Share of the memory that worker processes may take, and what one is reckoned at. */
  private static final double WORKER_SHARE = 0.8;

  private static final long WORKER_BYTES = 80L << 20;
  private static final int MOST_WORKERS = 1000;

  static NodeResources of(RayOptions options) {
    int cpus =
        options.numCpus() > 0 ? options.numCpus() : Runtime.getRuntime().availableProcessors();
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long total = system.getTotalMemorySize();
    long store =
        options.objectStoreMemory() > 0
            ? options.objectStoreMemory()
            : (long) (total * STORE_SHARE);
    long memory = Math.max(0, total - store);
    Map<String, Double> amounts = new LinkedHashMap<>();
    amounts.put("CPU", (double) cpus);
    amounts.put("memory", (double) memory);
    amounts.put("node:127.0.0.1", 1.0);
    amounts.put("object_store_memory", (double) store);
    amounts.putAll(options.resources());
    int affordable = (int) Math.min(MOST_WORKERS, (long) (memory * WORKER_SHARE) / WORKER_BYTES);
    return new NodeResources(cpus, Math.max(affordable, cpus + 2), amounts);
  }

  /** How many processors there are beside the one that the driver starts on, 1 at least. */
  static int free() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
  }

  /** An id for a node, 28 random bytes as in Ray, in hex digits. */
  static String newNodeId() {
    return HexFormat.of().formatHex(SystemRandom.bytes(ObjectId.BYTES));
  }
}
