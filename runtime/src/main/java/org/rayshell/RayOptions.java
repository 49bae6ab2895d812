package org.rayshell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.event.Level;

/**
 * How {@link Ray#init(RayOptions)} starts the runtime; immutable. Each setter returns a copy and
 * refuses bad values at once. What is not set is found: a worker for each CPU that this process may
 * use, 30 % of the memory for the object store, port 8265 or the next free one for the dashboard,
 * and for each worker's heap its share of a quarter of the memory, but 1 to 2 GiB.
 */
public final class RayOptions {
  private static final RayOptions DEFAULTS =
      new RayOptions(-1, Map.of(), false, Level.INFO, -1, 8265, true, -1, null);

  private final int numCpus;
  private final Map<String, Double> resources;
  private final boolean ignoreReinitError;
  private final Level loggingLevel;
  private final long objectStoreMemory;
  private final int dashboardPort;
  private final boolean includeDashboard;
  private final long workerHeap;
  private final Path objectSpillingDirectory;

  private RayOptions(
      int numCpus,
      Map<String, Double> resources,
      boolean ignoreReinitError,
      Level loggingLevel,
      long objectStoreMemory,
      int dashboardPort,
      boolean includeDashboard,
      long workerHeap,
      Path objectSpillingDirectory) {
    this.numCpus = numCpus;
    this.resources = resources;
    this.ignoreReinitError = ignoreReinitError;
    this.loggingLevel = loggingLevel;
    this.objectStoreMemory = objectStoreMemory;
    this.dashboardPort = dashboardPort;
    this.includeDashboard = includeDashboard;
    this.workerHeap = workerHeap;
    this.objectSpillingDirectory = objectSpillingDirectory;
  }

  /** Nothing set. */
  public static RayOptions create() {
    return DEFAULTS;
  }

  /** So many CPUs and as many workers, 1 to 4096. */
  public RayOptions numCpus(int cpus) {
    if (cpus < 1 || cpus > 4096) {
      throw new IllegalArgumentException("numCpus must be 1 to 4096: numCpus=" + cpus);
    }
    return new RayOptions(
        cpus,
        resources,
        ignoreReinitError,
        loggingLevel,
        objectStoreMemory,
        dashboardPort,
        includeDashboard,
        workerHeap,
        objectSpillingDirectory);
  }

  /** Custom resources by name. */
  public RayOptions resources(Map<String, Double> amounts) {
    Map<String, Double> checked = TaskOptions.defaults().resources(amounts).resources();
    return new RayOptions(
        numCpus,
        new LinkedHashMap<>(checked),
        ignoreReinitError,
        loggingLevel,
        objectStoreMemory,
        dashboardPort,
        includeDashboard,
        workerHeap,
        objectSpillingDirectory);
  }

  /** Whether a second init attaches to the runtime that is up instead of failing. */
  public RayOptions ignoreReinitError(boolean ignore) {
    return new RayOptions(
        numCpus,
        resources,
        ignore,
        loggingLevel,
        objectStoreMemory,
        dashboardPort,
        includeDashboard,
        workerHeap,
        objectSpillingDirectory);
  }

  /** The least level that the runtime logs at. */
  public RayOptions loggingLevel(Level level) {
    return new RayOptions(
        numCpus,
        resources,
        ignoreReinitError,
        java.util.Objects.requireNonNull(level, "level"),
        objectStoreMemory,
        dashboardPort,
        includeDashboard,
        workerHeap,
        objectSpillingDirectory);
  }

  /** Bytes for the object store, at least 64 MiB. */
  public RayOptions objectStoreMemory(long bytes) {
    if (bytes < 64L << 20) {
      throw new IllegalArgumentException(
          "objectStoreMemory must be 67108864 (64 MiB) or more: objectStoreMemory=" + bytes);
    }
    return new RayOptions(
        numCpus,
        resources,
        ignoreReinitError,
        loggingLevel,
        bytes,
        dashboardPort,
        includeDashboard,
        workerHeap,
        objectSpillingDirectory);
  }

  /** The dashboard's first choice of port; 0 for any. */
  public RayOptions dashboardPort(int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("dashboardPort must be 0 to 65535: dashboardPort=" + port);
    }
    return new RayOptions(
        numCpus,
        resources,
        ignoreReinitError,
        loggingLevel,
        objectStoreMemory,
        port,
        includeDashboard,
        workerHeap,
        objectSpillingDirectory);
  }

  /** Whether there is a dashboard at all. */
  public RayOptions includeDashboard(boolean include) {
    return new RayOptions(
        numCpus,
        resources,
        ignoreReinitError,
        loggingLevel,
        objectStoreMemory,
        dashboardPort,
        include,
        workerHeap,
        objectSpillingDirectory);
  }

  /** The most that each worker's Java heap may grow to, in bytes, at least 64 MiB. */
  public RayOptions workerHeap(long bytes) {
    if (bytes < 64L << 20) {
      throw new IllegalArgumentException(
          "workerHeap must be 67108864 (64 MiB) or more: workerHeap=" + bytes);
    }
    return new RayOptions(
        numCpus,
        resources,
        ignoreReinitError,
        loggingLevel,
        objectStoreMemory,
        dashboardPort,
        includeDashboard,
        bytes,
        objectSpillingDirectory);
  }

  /**
   * The folder on a disk for values that the object store has no room for; it exists and can be
   * written to. What a session keeps there goes with the session. If it is not set they go to the
   * session's own folder.
   */
  public RayOptions objectSpillingDirectory(Path folder) {
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new IllegalArgumentException(
          "objectSpillingDirectory must be a folder that exists and can be written to:"
              + " objectSpillingDirectory="
              + folder);
    }
    return new RayOptions(
        numCpus,
        resources,
        ignoreReinitError,
        loggingLevel,
        objectStoreMemory,
        dashboardPort,
        includeDashboard,
        workerHeap,
        folder.toAbsolutePath());
  }

  /** Not there yet: attaching to a Ray cluster comes with a later version. */
  public RayOptions address(String address) {
    throw new UnsupportedOperationException(
        "RayOptions.address is not supported yet: this version runs on one machine; leave address"
            + " out: address="
            + address);
  }

  /**
   * Not there yet: an environment for all tasks; {@link TaskOptions#runtimeEnv} gives one to some.
   */
  public RayOptions runtimeEnv(Map<String, ?> environment) {
    throw new UnsupportedOperationException(
        "RayOptions.runtimeEnv is not supported yet: give the tasks one by TaskOptions.runtimeEnv"
            + " instead: runtimeEnv="
            + environment);
  }

  /** CPUs asked for; -1 if not set. */
  public int numCpus() {
    return numCpus;
  }

  /** Custom resources. */
  public Map<String, Double> resources() {
    return java.util.Collections.unmodifiableMap(resources);
  }

  /** Whether a second init attaches. */
  public boolean ignoreReinitError() {
    return ignoreReinitError;
  }

  /** The least level logged. */
  public Level loggingLevel() {
    return loggingLevel;
  }

  /** Bytes for the object store; -1 if not set. */
  public long objectStoreMemory() {
    return objectStoreMemory;
  }

  /** The dashboard's port, first choice. */
  public int dashboardPort() {
    return dashboardPort;
  }

  /** Whether there is a dashboard. */
  public boolean includeDashboard() {
    return includeDashboard;
  }

  /** The folder that large values spill to; null if not set. */
  public Path objectSpillingDirectory() {
    return objectSpillingDirectory;
  }

  /** Bytes of a worker's heap at most; -1 if not set. */
  public long workerHeap() {
    return workerHeap;
  }
}
