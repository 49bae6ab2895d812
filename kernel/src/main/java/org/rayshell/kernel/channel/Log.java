package org.rayshell.kernel.channel;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's own log: the process's stderr, never a cell. Loaded when first needed, since a start
 * needs none. Thread-safe.
 */
public final class Log {
  // What a peer can make the kernel say is bounded, whatever it sends.
  private static final int KINDS = 1000;
  private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

  private Log() {}

  private static final class Holder {
    static final Logger LOGGER = LoggerFactory.getLogger("org.rayshell.kernel");
  }

  /** The logger. */
  public static Logger log() {
    return Holder.LOGGER;
  }

  /** Warns, if these words have not been said before. */
  public static void once(String words) {
    if (SAID.size() < KINDS && SAID.add(words)) {
      log().warn("{}", words);
    }
  }
}
