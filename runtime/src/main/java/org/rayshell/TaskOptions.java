package org.rayshell;

import java.util.Map;
import java.util.Objects;

/**
 * How a task is run; immutable. Each setter returns a copy and refuses bad values at once.
 *
 * @param numCpus CPUs held while the task runs
 * @param maxRetries how often it is run again after its worker died; -1 for without end
 * @param resources custom resources by name
 * @param name what the task is shown as; null for the function's own name
 * @param memory bytes of the machine's memory held while the task runs; 0 for none
 * @param runtimeEnv what its worker is started with
 */
public record TaskOptions(
    double numCpus,
    int maxRetries,
    Map<String, Double> resources,
    String name,
    long memory,
    RuntimeEnv runtimeEnv) {

  private static final TaskOptions DEFAULTS =
      new TaskOptions(1, 3, Map.of(), null, 0, RuntimeEnv.create());

  /** Checks every value. */
  public TaskOptions {
    if (!(numCpus >= 0) || Double.isInfinite(numCpus)) {
      throw new IllegalArgumentException("numCpus must be 0 or more: numCpus=" + numCpus);
    }
    if (maxRetries < -1) {
      throw new IllegalArgumentException("maxRetries must be -1 or more: maxRetries=" + maxRetries);
    }
    if (memory < 0) {
      throw new IllegalArgumentException("memory must be 0 bytes or more: memory=" + memory);
    }
    Objects.requireNonNull(runtimeEnv, "runtimeEnv");
    resources = Map.copyOf(resources);
    resources.forEach(TaskOptions::checkResource);
  }

  /** One CPU, three retries. */
  public static TaskOptions defaults() {
    return DEFAULTS;
  }

  /** A copy that holds so many CPUs while it runs; fractions and 0 are fine. */
  public TaskOptions numCpus(double cpus) {
    return new TaskOptions(cpus, maxRetries, resources, name, memory, runtimeEnv);
  }

  /** A copy that is run again so often after its worker died; -1 for without end. */
  public TaskOptions maxRetries(int retries) {
    return new TaskOptions(numCpus, retries, resources, name, memory, runtimeEnv);
  }

  /** A copy that holds these custom resources while it runs. */
  public TaskOptions resources(Map<String, Double> amounts) {
    return new TaskOptions(numCpus, maxRetries, amounts, name, memory, runtimeEnv);
  }

  /** A copy that is shown under this name. */
  public TaskOptions name(String shown) {
    return new TaskOptions(
        numCpus, maxRetries, resources, Objects.requireNonNull(shown, "name"), memory, runtimeEnv);
  }

  /** Not there yet but for 1: a task has one result, which may be a list of refs. */
  public TaskOptions numReturns(int returns) {
    if (returns == 1) {
      return this;
    }
    throw new UnsupportedOperationException(
        "TaskOptions.numReturns is not supported yet: return a record or a list instead:"
            + " numReturns="
            + returns);
  }

  /**
   * A copy that holds so many bytes of the machine's memory while it runs, so that no more such
   * tasks run at once than there is memory for. It is a matter of accounting alone: how large a
   * worker's heap may grow is said by {@link RayOptions#workerHeap}, or by {@code -Xmx} in {@link
   * RuntimeEnv#jvmOptions}.
   */
  public TaskOptions memory(long bytes) {
    return new TaskOptions(numCpus, maxRetries, resources, name, bytes, runtimeEnv);
  }

  /** A copy that runs only on workers that were started with this environment. */
  public TaskOptions runtimeEnv(RuntimeEnv environment) {
    return new TaskOptions(numCpus, maxRetries, resources, name, memory, environment);
  }

  private static void checkResource(String resource, Double amount) {
    if (resource.isBlank() || resource.equals("CPU") || resource.equals("memory")) {
      throw new IllegalArgumentException(
          "a custom resource needs a name of its own; for CPUs use numCpus, for memory use memory:"
              + " resource="
              + resource);
    }
    if (!(amount >= 0) || amount.isInfinite()) {
      throw new IllegalArgumentException(
          "the amount of a resource must be 0 or more: " + resource + "=" + amount);
    }
  }
}
