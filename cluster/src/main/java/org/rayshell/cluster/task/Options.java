package org.rayshell.cluster.task;

import io.ray.api.call.TaskCaller;
import io.ray.api.runtimeenv.RuntimeEnv;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rayshell.RayException;
import org.rayshell.TaskOptions;

/** What tasks ask for, in Ray's terms. */
public final class Options {
  private Options() {}

  /** What a task holds while it runs, by name; memory in bytes. */
  public static Map<String, Double> shape(TaskOptions options) {
    Map<String, Double> shape = new LinkedHashMap<>(options.resources());
    shape.put("CPU", options.numCpus());
    if (options.memory() > 0) {
      shape.put("memory", (double) options.memory());
    }
    return shape;
  }

  /**
   * The task with its name, its resources and its environment.
   *
   * @throws RayException if Ray has no such thing
   */
  public static TaskCaller<Object> apply(
      TaskCaller<Object> task,
      String name,
      Map<String, Double> shape,
      org.rayshell.RuntimeEnv env) {
    if (!env.jvmOptions().isEmpty()) {
      throw new RayException(Unsupported.jvmOptions(env.jvmOptions()));
    }
    task.setName(name);
    shape.forEach((resource, amount) -> {
      if (amount > 0) {
        task.setResource(resource, amount);
      }
    });
    if (!env.env().isEmpty()) {
      RuntimeEnv own = new RuntimeEnv.Builder().build();
      own.set("env_vars", env.env());
      task.setRuntimeEnv(own);
    }
    return task;
  }
}
