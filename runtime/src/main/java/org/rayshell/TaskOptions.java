package org.rayshell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a task is run; immutable. Each setter returns a copy and refuses bad values at once.
 *
 * @param numCpus CPUs held while the task runs
 * @param maxRetries how often it is run again after its worker died, or it threw what is retried;
 *     -1 for without end
 * @param resources custom resources by name
 * @param name what the task is shown as; null for the function's own name
 * @param memory bytes of the machine's memory held while the task runs; 0 for none
 * @param runtimeEnv what its worker is started with
 * @param control how it ends and what it returns
 */
public record TaskOptions(
    double numCpus,
    int maxRetries,
    Map<String, Double> resources,
    String name,
    long memory,
    RuntimeEnv runtimeEnv,
    Control control) {

  private static final TaskOptions DEFAULTS =
      new TaskOptions(1, 3, Map.of(), null, 0, RuntimeEnv.create(), Control.DEFAULTS);

  /**
   * How a task ends and what it returns; immutable.
   *
   * @param retryExceptions the names of the classes of exceptions after which it is run again
   * @param timeout how long a try may run; null for without end
   * @param numReturns how many refs {@code remoteMany} gives
   * @param generatorBackpressure how many items {@code remoteStream} makes ahead of its reader; -1
   *     for as many as there are
   */
  public record Control(
      List<String> retryExceptions, Duration timeout, int numReturns, int generatorBackpressure) {
    private static final Control DEFAULTS = new Control(List.of(), null, 1, 100);

    /** Checks every value. */
    public Control {
      retryExceptions = List.copyOf(retryExceptions);
      if (timeout != null && !timeout.isPositive()) {
        throw new IllegalArgumentException("timeout must be more than 0: timeout=" + timeout);
      }
      if (numReturns < 1) {
        throw new IllegalArgumentException(
            "numReturns must be 1 or more: numReturns=" + numReturns);
      }
      if (generatorBackpressure < 1 && generatorBackpressure != -1) {
        throw new IllegalArgumentException(
            "generatorBackpressure must be 1 or more, or -1 for no limit: generatorBackpressure="
                + generatorBackpressure);
      }
    }
  }

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
    Objects.requireNonNull(control, "control");
    resources = Map.copyOf(resources);
    resources.forEach(TaskOptions::checkResource);
  }

  /** One CPU, three retries, one result, no timeout. */
  public static TaskOptions defaults() {
    return DEFAULTS;
  }

  /** A copy that holds so many CPUs while it runs; fractions and 0 are fine. */
  public TaskOptions numCpus(double cpus) {
    return new TaskOptions(cpus, maxRetries, resources, name, memory, runtimeEnv, control);
  }

  /**
   * A copy that is run again so often after its worker died, or after it threw what {@link
   * #retryExceptions(Class[])} names; -1 for without end.
   */
  public TaskOptions maxRetries(int retries) {
    return new TaskOptions(numCpus, retries, resources, name, memory, runtimeEnv, control);
  }

  /** A copy that holds these custom resources while it runs. */
  public TaskOptions resources(Map<String, Double> amounts) {
    return new TaskOptions(numCpus, maxRetries, amounts, name, memory, runtimeEnv, control);
  }

  /** A copy that is shown under this name. */
  public TaskOptions name(String shown) {
    return new TaskOptions(
        numCpus,
        maxRetries,
        resources,
        Objects.requireNonNull(shown, "name"),
        memory,
        runtimeEnv,
        control);
  }

  /**
   * A copy that is run again after any exception, or after none. Tries are counted together with
   * those after a worker's death, up to {@link #maxRetries}.
   */
  public TaskOptions retryExceptions(boolean all) {
    return retryOn(all ? List.of(Throwable.class.getName()) : List.of());
  }

  /**
   * A copy that is run again after it threw an exception of one of these classes, or of a subclass.
   * A try that ran into its {@link #timeout} counts as a {@link TaskTimeoutException}.
   */
  @SafeVarargs
  public final TaskOptions retryExceptions(Class<? extends Throwable>... types) {
    if (types.length == 0) {
      throw new IllegalArgumentException(
          "retryExceptions needs a class of exceptions, or true for all of them");
    }
    List<String> names = new ArrayList<>();
    for (Class<?> type : types) {
      names.add(type.getName());
    }
    return retryOn(names);
  }

  private TaskOptions retryOn(List<String> names) {
    return control(
        new Control(names, control.timeout, control.numReturns, control.generatorBackpressure));
  }

  /**
   * A copy whose tries may run so long, not counting the time before they begin. One that runs
   * longer is interrupted, its worker killed if that does not end it, and {@code Ray.get} throws
   * {@link TaskTimeoutException}.
   */
  public TaskOptions timeout(Duration longest) {
    Objects.requireNonNull(longest, "timeout");
    return control(
        new Control(
            control.retryExceptions, longest, control.numReturns, control.generatorBackpressure));
  }

  /**
   * A copy for {@code remoteMany}, which gives so many refs: the function returns an array or a
   * list of exactly as many values.
   */
  public TaskOptions numReturns(int returns) {
    return control(
        new Control(
            control.retryExceptions, control.timeout, returns, control.generatorBackpressure));
  }

  /**
   * A copy for {@code remoteStream}, which makes at most so many items that nobody has asked for
   * yet, and then waits; -1 for no limit.
   */
  public TaskOptions generatorBackpressure(int items) {
    return control(
        new Control(control.retryExceptions, control.timeout, control.numReturns, items));
  }

  private TaskOptions control(Control changed) {
    return new TaskOptions(numCpus, maxRetries, resources, name, memory, runtimeEnv, changed);
  }

  /**
   * A copy that holds so many bytes of the machine's memory while it runs, so that no more such
   * tasks run at once than there is memory for. It is a matter of accounting alone: how large a
   * worker's heap may grow is said by {@link RayOptions#workerHeap}, or by {@code -Xmx} in {@link
   * RuntimeEnv#jvmOptions}.
   */
  public TaskOptions memory(long bytes) {
    return new TaskOptions(numCpus, maxRetries, resources, name, bytes, runtimeEnv, control);
  }

  /** A copy that runs only on workers that were started with this environment. */
  public TaskOptions runtimeEnv(RuntimeEnv environment) {
    return new TaskOptions(numCpus, maxRetries, resources, name, memory, environment, control);
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
