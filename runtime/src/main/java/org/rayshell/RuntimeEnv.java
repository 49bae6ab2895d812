package org.rayshell;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the workers of a task are started with, beyond the driver's own environment; immutable.
 * Tasks of one environment share workers with no others. Tasks that such a task submits have none
 * but what their own options say.
 *
 * @param env environment variables
 * @param jvmOptions options of the JVM, after those of every worker
 */
public record RuntimeEnv(Map<String, String> env, List<String> jvmOptions) {
  private static final RuntimeEnv NONE = new RuntimeEnv(Map.of(), List.of());

  /** Options that choose another program, or none. */
  private static final Set<String> REFUSED =
      Set.of(
          "-cp",
          "-classpath",
          "--class-path",
          "-jar",
          "-m",
          "--module",
          "-version",
          "--version",
          "-help",
          "--help",
          "-h",
          "-?",
          "--dry-run");

  /** Checks every value. */
  public RuntimeEnv {
    env = Collections.unmodifiableMap(new TreeMap<>(env));
    jvmOptions = List.copyOf(jvmOptions);
    env.forEach(RuntimeEnv::checkVariable);
    jvmOptions.forEach(RuntimeEnv::checkOption);
  }

  /** Nothing but what every worker has. */
  public static RuntimeEnv create() {
    return NONE;
  }

  /** A copy with an environment variable more. */
  public RuntimeEnv env(String name, String value) {
    Map<String, String> more = new TreeMap<>(env);
    more.put(name, value);
    return new RuntimeEnv(more, jvmOptions);
  }

  /** A copy with more options of the JVM, such as {@code -Xmx512m} or {@code -Dname=value}. */
  public RuntimeEnv jvmOptions(String... options) {
    List<String> more = new ArrayList<>(jvmOptions);
    more.addAll(List.of(options));
    return new RuntimeEnv(env, more);
  }

  /** Whether it says nothing. */
  public boolean isEmpty() {
    return env.isEmpty() && jvmOptions.isEmpty();
  }

  private static void checkVariable(String name, String value) {
    if (name.isBlank() || name.indexOf('=') >= 0 || name.indexOf(0) >= 0 || value.indexOf(0) >= 0) {
      throw new IllegalArgumentException(
          "an environment variable needs a name without '=', and no NUL: " + name + "=" + value);
    }
  }

  private static void checkOption(String option) {
    if (!option.startsWith("-") || option.indexOf(0) >= 0 || REFUSED.contains(option)) {
      throw new IllegalArgumentException(
          "not an option that a worker's JVM can be given; options begin with '-', and the class"
              + " path is the driver's: jvmOptions="
              + option);
    }
  }
}
