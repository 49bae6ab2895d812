package org.rayshell.runtime.owner;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/** Who waits for three objects goes on when three are ready, and not before. */
public class WaiterModel {
  private static final int COUNT = 3;

  private final Waiter waiter = new Waiter(COUNT, false);
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger told = new AtomicInteger();
  private volatile boolean early;

  /** An object is ready. */
  @Operation
  public void ready() {
    begun.incrementAndGet();
    waiter.ready(null);
    told.incrementAndGet();
  }

  /** The waiting thread looks. */
  @Operation(nonParallelGroup = "waiting thread")
  public void look() {
    if (waiter.isDone() && begun.get() < COUNT) {
      early = true;
    }
  }

  /** When all is quiet. */
  @Validate
  public void goesOnInTime() {
    if (early) {
      throw new IllegalStateException("went on too early");
    }
    if (waiter.missing() != Math.max(0, COUNT - told.get())) {
      throw new IllegalStateException(
          "misses " + waiter.missing() + " though there are " + told.get());
    }
    if (told.get() >= COUNT && !waiter.isDone()) {
      throw new IllegalStateException("waits though there are " + told.get());
    }
  }
}
