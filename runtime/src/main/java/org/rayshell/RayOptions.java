package org.rayshell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.event.Level;

/**
 * How {@link Ray#init(RayOptions)} starts the runtime; immutable. Each setter returns a copy and
 * refuses bad values at once. What is not set is found: a worker for each CPU that this process may
 * use, 30 % of the memory for the object store, port 8265 or the next free one for the dashboard,
 * and for each worker's heap its share of a quarter of the memory, but 1 to 2 GiB.
 */
public final class RayOptions {
  private static final RayOptions DEFAULTS = new RayOptions(new Values());

  /** The address that stands for this machine alone. */
  public static final String LOCAL = "local";

  private static final Pattern ADDRESS =
      Pattern.compile(LOCAL + "|auto|([^\\s:/\\[\\]]+|\\[[0-9a-fA-F:]+\\]):[0-9]{1,5}");

  private final Values values;

  /** What is set; nobody changes it once there are options of it. */
  private static final class Values {
    int numCpus = -1;
    Map<String, Double> resources = Map.of();
    boolean ignoreReinitError;
    Level loggingLevel = Level.INFO;
    long objectStoreMemory = -1;
    int dashboardPort = 8265;
    boolean includeDashboard = true;
    long workerHeap = -1;
    Path objectSpillingDirectory;
    String address;
    Path rayJar;
    String workerJavaHome;
  }

  private RayOptions(Values values) {
    this.values = values;
  }

  /** To be changed in one place. */
  private Values copy() {
    Values copy = new Values();
    copy.numCpus = values.numCpus;
    copy.resources = values.resources;
    copy.ignoreReinitError = values.ignoreReinitError;
    copy.loggingLevel = values.loggingLevel;
    copy.objectStoreMemory = values.objectStoreMemory;
    copy.dashboardPort = values.dashboardPort;
    copy.includeDashboard = values.includeDashboard;
    copy.workerHeap = values.workerHeap;
    copy.objectSpillingDirectory = values.objectSpillingDirectory;
    copy.address = values.address;
    copy.rayJar = values.rayJar;
    copy.workerJavaHome = values.workerJavaHome;
    return copy;
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
    Values changed = copy();
    changed.numCpus = cpus;
    return new RayOptions(changed);
  }

  /** Custom resources by name. */
  public RayOptions resources(Map<String, Double> amounts) {
    Map<String, Double> checked = TaskOptions.defaults().resources(amounts).resources();
    Values changed = copy();
    changed.resources = new LinkedHashMap<>(checked);
    return new RayOptions(changed);
  }

  /** Whether a second init attaches to the runtime that is up instead of failing. */
  public RayOptions ignoreReinitError(boolean ignore) {
    Values changed = copy();
    changed.ignoreReinitError = ignore;
    return new RayOptions(changed);
  }

  /** The least level that the runtime logs at. */
  public RayOptions loggingLevel(Level level) {
    Values changed = copy();
    changed.loggingLevel = java.util.Objects.requireNonNull(level, "level");
    return new RayOptions(changed);
  }

  /** Bytes for the object store, at least 64 MiB. */
  public RayOptions objectStoreMemory(long bytes) {
    if (bytes < 64L << 20) {
      throw new IllegalArgumentException(
          "objectStoreMemory must be 67108864 (64 MiB) or more: objectStoreMemory=" + bytes);
    }
    Values changed = copy();
    changed.objectStoreMemory = bytes;
    return new RayOptions(changed);
  }

  /** The dashboard's first choice of port; 0 for any. */
  public RayOptions dashboardPort(int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("dashboardPort must be 0 to 65535: dashboardPort=" + port);
    }
    Values changed = copy();
    changed.dashboardPort = port;
    return new RayOptions(changed);
  }

  /** Whether there is a dashboard at all. */
  public RayOptions includeDashboard(boolean include) {
    Values changed = copy();
    changed.includeDashboard = include;
    return new RayOptions(changed);
  }

  /** The most that each worker's Java heap may grow to, in bytes, at least 64 MiB. */
  public RayOptions workerHeap(long bytes) {
    if (bytes < 64L << 20) {
      throw new IllegalArgumentException(
          "workerHeap must be 67108864 (64 MiB) or more: workerHeap=" + bytes);
    }
    Values changed = copy();
    changed.workerHeap = bytes;
    return new RayOptions(changed);
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
    Values changed = copy();
    changed.objectSpillingDirectory = folder.toAbsolutePath();
    return new RayOptions(changed);
  }

  /**
   * The address of a Ray cluster's head, {@code host:port}, to run the tasks there instead of on
   * this machine alone; {@code auto} for the cluster that was started on this machine. This machine
   * must be one of the cluster's. Without it, the environment variable {@code RAY_ADDRESS} counts,
   * as for Ray; {@code local} says that neither does.
   */
  public RayOptions address(String address) {
    if (!ADDRESS.matcher(address).matches()) {
      throw new IllegalArgumentException(
          "the address of a Ray cluster is host:port as its head tells it, such as 127.0.0.1:6379,"
              + " or auto, or local for none"
              + (address.contains("://") ? "; no URL, and not that of Ray's client server" : "")
              + ": address="
              + address);
    }
    Values changed = copy();
    changed.address = address;
    return new RayOptions(changed);
  }

  /**
   * On a cluster: Ray's own jar, {@code ray_dist.jar}, or a folder of Ray's Python package, of the
   * very version that the cluster runs. Without it the package that is installed is used.
   */
  public RayOptions rayJar(Path jar) {
    Values changed = copy();
    changed.rayJar = jar.toAbsolutePath();
    return new RayOptions(changed);
  }

  /**
   * On a cluster: the folder of the JDK that workers run on, on every machine of it; at least as
   * new as this process's. Without it workers run on the {@code java} that Ray finds, or on this
   * process's JDK if the cluster has no other machine.
   */
  public RayOptions workerJavaHome(String folder) {
    if (folder.isBlank()) {
      throw new IllegalArgumentException("workerJavaHome must name a folder: workerJavaHome=''");
    }
    Values changed = copy();
    changed.workerJavaHome = folder;
    return new RayOptions(changed);
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

  /** The address of a cluster; null if not set. */
  public String address() {
    return values.address;
  }

  /** Whether the tasks run on a cluster. */
  public boolean isOnCluster() {
    return values.address != null && !values.address.equals(LOCAL);
  }

  /** Ray's jar or the folder it is in; null if not set. */
  public Path rayJar() {
    return values.rayJar;
  }

  /** The workers' JDK on a cluster; null if not set. */
  public String workerJavaHome() {
    return values.workerJavaHome;
  }

  /** CPUs asked for; -1 if not set. */
  public int numCpus() {
    return values.numCpus;
  }

  /** Custom resources. */
  public Map<String, Double> resources() {
    return java.util.Collections.unmodifiableMap(values.resources);
  }

  /** Whether a second init attaches. */
  public boolean ignoreReinitError() {
    return values.ignoreReinitError;
  }

  /** The least level logged. */
  public Level loggingLevel() {
    return values.loggingLevel;
  }

  /** Bytes for the object store; -1 if not set. */
  public long objectStoreMemory() {
    return values.objectStoreMemory;
  }

  /** The dashboard's port, first choice. */
  public int dashboardPort() {
    return values.dashboardPort;
  }

  /** Whether there is a dashboard. */
  public boolean includeDashboard() {
    return values.includeDashboard;
  }

  /** The folder that large values spill to; null if not set. */
  public Path objectSpillingDirectory() {
    return values.objectSpillingDirectory;
  }

  /** Bytes of a worker's heap at most; -1 if not set. */
  public long workerHeap() {
    return values.workerHeap;
  }
}
