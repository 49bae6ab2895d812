package org.rayshell.runtime.code;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rayshell.Remote;
import org.rayshell.RuntimeEnv;
import org.rayshell.TaskOptions;

/** The options that a {@link Remote} annotation stands for. */
public final class RemoteDefaults {
  private RemoteDefaults() {}

  /**
   * The options of an annotation; their name is null if it gives none.
   *
   * @throws IllegalArgumentException if a value is not allowed; the message names it
   */
  public static TaskOptions of(Remote annotation) {
    Map<String, Double> resources = new LinkedHashMap<>();
    for (String each : annotation.resources()) {
      int equals = each.indexOf('=');
      try {
        resources.put(
            each.substring(0, equals).strip(), Double.valueOf(each.substring(equals + 1).strip()));
      } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
        throw new IllegalArgumentException(
            "a resource of @Remote is written as \"name=amount\": \"" + each + "\"", e);
      }
    }
    TaskOptions options =
        TaskOptions.defaults()
            .numCpus(annotation.numCpus())
            .maxRetries(annotation.maxRetries())
            .numReturns(annotation.numReturns())
            .resources(resources)
            .memory(annotation.memory())
            .runtimeEnv(environment(annotation));
    if (annotation.timeoutMs() != 0) {
      options = options.timeout(Duration.ofMillis(annotation.timeoutMs()));
    }
    if (annotation.retryExceptions().length > 0) {
      options = options.retryExceptions(annotation.retryExceptions());
    }
    return annotation.name().isEmpty() ? options : options.name(annotation.name());
  }

  private static RuntimeEnv environment(Remote annotation) {
    RuntimeEnv environment = RuntimeEnv.create().jvmOptions(annotation.jvmOptions());
    for (String each : annotation.env()) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "a variable of @Remote is written as \"NAME=value\": \"" + each + "\"");
      }
      environment = environment.env(each.substring(0, equals), each.substring(equals + 1));
    }
    return environment;
  }
}
