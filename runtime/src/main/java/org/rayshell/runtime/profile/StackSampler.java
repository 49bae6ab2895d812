package org.rayshell.runtime.profile;

import java.util.List;
import java.util.function.LongSupplier;
import org.rayshell.runtime.wire.IoLoop;

/**
 * Looks at the stack of the thread that runs tasks, where the JVM lets it: at safepoints, so that
 * what is between them counts for the next one. For a JVM without Flight Recorder.
 */
final class StackSampler implements Sampler {
  private static final long PERIOD_NS = 20_000_000L;

  private final Thread tasks;
  private final LongSupplier clock;

  /**
   * @param tasks the thread that runs tasks
   * @param clock epoch nanoseconds
   */
  StackSampler(Thread tasks, LongSupplier clock) {
    this.tasks = tasks;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "stack samples";
  }

  @Override
  public long periodNs() {
    return PERIOD_NS;
  }

  @Override
  public void sample(TimeUp over, Sink sink) throws InterruptedException {
    over.start();
    long from = clock.getAsLong();
    while (!over.await(PERIOD_NS)) {
      if (tasks.getState() == Thread.State.RUNNABLE) {
        StackTraceElement[] frames = tasks.getStackTrace();
        if (IoLoop.framesOfWait(frames) == 0) {
          sink.seen(clock.getAsLong(), List.of(frames));
        }
      }
    }
    sink.looked(from, clock.getAsLong());
  }
}
