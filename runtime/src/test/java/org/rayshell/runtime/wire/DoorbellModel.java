package org.rayshell.runtime.wire;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * Whoever rests has nothing to do: the loop's sleep, in all the orders that a model checker finds.
 */
public class DoorbellModel {
  private final ConcurrentLinkedQueue<Integer> commands = new ConcurrentLinkedQueue<>();

  /** As a selector's: a wake-up that comes before the rest ends the rest at once. */
  private volatile boolean woken;

  private volatile boolean resting;
  private final Doorbell bell = new Doorbell(() -> woken = true);

  /** Any thread hands something over. */
  @Operation
  public void execute() {
    commands.add(1);
    bell.ring();
  }

  /** One round of the loop: does what there is, and rests if there is no more. */
  @Operation(nonParallelGroup = "loop")
  public void round() {
    if (resting && !woken) {
      return;
    }
    resting = false;
    woken = false;
    bell.atWork();
    while (commands.poll() != null) {
      // As the loop does, which takes all there is.
    }
    resting = bell.mayRest(commands::isEmpty);
  }

  /** When all is quiet: a loop at rest has nothing to do, or has been woken. */
  @Validate
  public void nothingIsForgotten() {
    if (resting && !woken && !commands.isEmpty()) {
      throw new IllegalStateException("asleep with something to do: " + commands.size());
    }
  }
}
