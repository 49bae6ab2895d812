package org.rayshell.cluster.testing;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a node of a cluster has. Immutable; the methods return copies.
 *
 * @param cpus whole ones
 * @param resources custom ones by name; Ray takes whole amounts only
 * @param jdk whose {@code java} its workers find on the PATH, if any
 * @param host where it runs, if not beside this JVM
 */
public record NodeOptions(
    int cpus, Map<String, Integer> resources, Optional<Path> jdk, Optional<Host> host) {
  /** A node with so many CPUs and the JDK that this JVM runs on. */
  public static NodeOptions cpus(int cpus) {
    return new NodeOptions(
        cpus, Map.of(), Optional.of(Path.of(System.getProperty("java.home"))), Optional.empty());
  }

  /** With a custom resource more. */
  public NodeOptions resource(String name, int amount) {
    Map<String, Integer> more = new LinkedHashMap<>(resources);
    more.put(name, amount);
    return new NodeOptions(cpus, more, jdk, host);
  }

  /** With the JDK in that folder. */
  public NodeOptions jdk(Path home) {
    return new NodeOptions(cpus, resources, Optional.of(home), host);
  }

  /** With no {@code java} on the PATH. */
  public NodeOptions withoutJava() {
    return new NodeOptions(cpus, resources, Optional.empty(), host);
  }

  /** On that host. */
  public NodeOptions on(Host there) {
    return new NodeOptions(cpus, resources, jdk, Optional.of(there));
  }
}
