package org.rayshell.runtime.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Connections whose other end has not shown the secret yet: each has a while for that, and only the
 * latest few stay, since whoever belongs here shows it at once. Belongs to the loop.
 */
final class Strangers {
  /** How many may be there at once. */
  static final int MOST = 64;

  private final Backend backend;
  private final long patienceNs;

  /** With the time at which each came, oldest first. */
  private final Map<Connection, Long> waiting = new LinkedHashMap<>();

  private boolean watching;

  /**
   * Nobody yet.
   *
   * @param patienceNs how long a stranger may stay one
   */
  Strangers(Backend backend, long patienceNs) {
    this.backend = backend;
    this.patienceNs = patienceNs;
  }

  /** Somebody has connected. */
  void came(Connection connection) {
    waiting.put(connection, System.nanoTime());
    if (waiting.size() > MOST) {
      waiting.keySet().iterator().next().close();
    }
    watch();
  }

  /** The connection is a peer's now, or closed. */
  void left(Connection connection) {
    waiting.remove(connection);
  }

  /** One timer for all: a flood of strangers must not leave a heap of them. */
  private void watch() {
    if (watching || waiting.isEmpty()) {
      return;
    }
    watching = true;
    long oldest = waiting.values().iterator().next();
    backend.schedule(Math.max(0, oldest + patienceNs - System.nanoTime()), this::sweep);
  }

  private void sweep() {
    watching = false;
    while (!waiting.isEmpty()) {
      Map.Entry<Connection, Long> oldest = waiting.entrySet().iterator().next();
      if (System.nanoTime() - oldest.getValue() < patienceNs) {
        break;
      }
      // Takes it out of here.
      oldest.getKey().close();
    }
    watch();
  }
}
