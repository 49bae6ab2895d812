package org.rayshell.kernel.channel;

import java.security.SecureRandom;

/**
 * Random numbers, which the first socket needs and the JVM takes 10 ms to find a provider for: as
 * long as everything before. Without state.
 */
public final class EarlyRandom {
  private EarlyRandom() {}

  /** Has a thread of its own look for it; to be called first of all. */
  public static void prepare() {
    Thread.ofPlatform()
        .daemon()
        .name("kernel-random")
        .inheritInheritableThreadLocals(false)
        .start(() -> new SecureRandom().nextInt());
  }
}
