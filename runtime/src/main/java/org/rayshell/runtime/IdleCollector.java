package org.rayshell.runtime;

import java.util.function.BooleanSupplier;
import org.rayshell.runtime.wire.Backend;

/**
 * Collects garbage when a process that has refs of others' objects, or large values, has been quiet
 * for a while. Its heap might not be looked at for hours otherwise, and what small objects in it
 * stand for would stay as long. The pauses double while there is nothing new. Belongs to the loop.
 */
final class IdleCollector {
  private final Backend backend;
  private final long quietNs;
  private final BooleanSupplier wanted;
  private final Runnable collect;
  private long activeNs;
  private long waitNs;
  private boolean pending;

  /**
   * Nothing to collect yet.
   *
   * @param quietNs how long nothing is to have happened
   * @param wanted whether a collection may be of use now
   */
  IdleCollector(Backend backend, long quietNs, BooleanSupplier wanted, Runnable collect) {
    this.backend = backend;
    this.quietNs = quietNs;
    this.wanted = wanted;
    this.collect = collect;
  }

  /** Something has happened after which refs may be garbage. */
  void active() {
    activeNs = backend.epochNs();
    waitNs = quietNs;
    if (!pending) {
      await(quietNs);
    }
  }

  private void await(long delayNs) {
    pending = true;
    backend.schedule(delayNs, this::look);
  }

  private void look() {
    pending = false;
    long quiet = backend.epochNs() - activeNs;
    if (quiet < waitNs) {
      await(waitNs - quiet);
    } else if (wanted.getAsBoolean()) {
      collect.run();
      activeNs = backend.epochNs();
      waitNs = Math.multiplyExact(waitNs, 2);
      await(waitNs);
    }
  }
}
