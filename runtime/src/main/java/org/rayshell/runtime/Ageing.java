package org.rayshell.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.rayshell.runtime.wire.Backend;

/**
 * Looks after what has become free, twice, a while apart: the first look marks it, and the second
 * finds what has been free since. With nothing new there are no more looks. Thread-safe.
 */
final class Ageing {
  private final Backend backend;
  private final Consumer<Runnable> loop;
  private final long periodNs;
  private final Runnable look;

  /** Whether something has become free since the last look. */
  private final AtomicBoolean isNew = new AtomicBoolean();

  /** The loop's. */
  private boolean planned;

  /**
   * Nothing is free.
   *
   * @param loop runs a command on the loop
   * @param periodNs from the first that becomes free to the first look, and from look to look
   * @param look runs on the loop
   */
  Ageing(Backend backend, Consumer<Runnable> loop, long periodNs, Runnable look) {
    this.backend = backend;
    this.loop = loop;
    this.periodNs = periodNs;
    this.look = look;
  }

  /** Something has become free. */
  void freed() {
    if (!isNew.getAndSet(true)) {
      loop.accept(this::plan);
    }
  }

  private void plan() {
    if (!planned) {
      planned = true;
      backend.schedule(periodNs, this::look);
    }
  }

  private void look() {
    planned = false;
    if (isNew.getAndSet(false)) {
      plan();
    }
    look.run();
  }
}
