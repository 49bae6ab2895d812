package org.rayshell.runtime.owner;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.wire.Outcome;

/** Who watches an object is told once, as soon as there is what was watched for. */
public class ObjectStateModel {
  /** One who watches. */
  private static final class Watching implements ObjectState.Watcher {
    private final AtomicInteger times = new AtomicInteger();
    private final boolean valueHere;

    Watching(boolean valueHere) {
      this.valueHere = valueHere;
    }

    @Override
    public void ready(ObjectState state) {
      times.incrementAndGet();
    }
  }

  private final ObjectState state =
      new ObjectState(new ObjectId(1, 1, 1), new Owner("w1", 1, null, null, null));
  private final ConcurrentLinkedQueue<Watching> all = new ConcurrentLinkedQueue<>();

  /** Any thread watches until it is ready. */
  @Operation
  public void watchReadiness() {
    watch(false);
  }

  /** Any thread watches until the outcome is here. */
  @Operation
  public void watchOutcome() {
    watch(true);
  }

  private void watch(boolean valueHere) {
    Watching watching = new Watching(valueHere);
    all.add(watching);
    state.watch(watching, valueHere);
  }

  /** The loop learns that it is ready at its owner. */
  @Operation(nonParallelGroup = "loop")
  public void markReady() {
    state.markReady();
  }

  /** The loop learns where the value is. */
  @Operation(nonParallelGroup = "loop")
  public void place() {
    if (state.outcome() == null) {
      state.place(new Place("w1", 1, null));
    }
  }

  /** The loop gets the outcome. */
  @Operation(nonParallelGroup = "loop")
  public void complete() {
    state.complete(Outcome.failure(Outcome.Kind.OBJECT_LOST, "lost"));
  }

  /** Any thread lets the value go. */
  @Operation
  public void free() {
    state.free();
  }

  /** When all is quiet. */
  @Validate
  public void everyoneIsToldOnce() {
    for (Watching each : all) {
      boolean due = state.outcome() != null || !each.valueHere && state.isReady();
      if (each.times.get() != (due ? 1 : 0)) {
        throw new IllegalStateException(
            "told " + each.times + " times: due=" + due + ", valueHere=" + each.valueHere);
      }
    }
  }
}
