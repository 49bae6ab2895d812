package org.rayshell.cluster.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests that take a {@link RayCluster} one of two CPUs, the same for all tests of this JVM:
 * it is started for the first and closed after the last. A test that breaks its cluster, or needs
 * another kind of one, starts its own. Thread-safe.
 */
public final class SharedCluster implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SharedCluster.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RayCluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // The root's store closes what it has.
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(RayCluster.class, _ -> start(), RayCluster.class);
  }

  private static RayCluster start() {
    try {
      return RayCluster.start(NodeOptions.cpus(2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
