package org.rayshell.rayapi;

import io.ray.api.options.CallOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.rayshell.TaskOptions;

/** A call's options as RayShell has them. Without state. */
final class Options {
  private static final String CPU = "CPU";
  private static final String MEMORY = "memory";

  private Options() {}

  /**
   * What the options say. A call that says nothing of CPUs has one, not none as with Ray, which
   * starts a process for each such call that there is.
   *
   * @param name what the task is shown as if the options have no name
   */
  static UnaryOperator<TaskOptions> of(CallOptions options, String name) {
    if (options.group != null) {
      throw Unsupported.of("a placement group");
    }
    Map<String, Double> custom = new HashMap<>(options.resources);
    Double cpus = custom.remove(CPU);
    Double memory = custom.remove(MEMORY);
    String shown = options.name == null || options.name.isEmpty() ? name : options.name;
    return defaults ->
        defaults
            .name(shown)
            .numCpus(cpus == null ? 1 : cpus)
            .memory(memory == null ? 0 : memory.longValue())
            .resources(custom);
  }
}
