package org.rayshell.kernel.bridge;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.owner.ObjectState;

/** The moment that is given to tasks just submitted to end before they are shown. */
final class Settling {
  private static final long MOMENT_NS = 150_000_000L;

  /** More do not end in a moment. */
  private static final int MOST = 1_000;

  private Settling() {}

  /**
   * Waits until the tasks have ended, or the last of them was submitted 150 ms ago. Does not wait
   * for what another process owns, which it may never hear of.
   *
   * @param open those that have not ended
   * @param refs of the whole list
   * @param now epoch nanoseconds
   */
  static void await(List<RefRow> open, List<ObjectRef<?>> refs, long now) {
    if (open.isEmpty() || open.size() > MOST) {
      return;
    }
    long latest = 0;
    for (RefRow row : open) {
      boolean own =
          refs.get(row.index()).handle() instanceof ObjectState state && state.task() != null;
      if (!own) {
        return;
      }
      latest = Math.max(latest, row.task().submitted());
    }
    long left = MOMENT_NS - (now - latest);
    if (left > 0) {
      await(open.stream().map(row -> (ObjectState) refs.get(row.index()).handle()).toList(), left);
    }
  }

  private static void await(List<ObjectState> states, long nanos) {
    CountDownLatch open = new CountDownLatch(states.size());
    ObjectState.Watcher watcher = _ -> open.countDown();
    states.forEach(state -> state.watch(watcher, false));
    try {
      open.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      states.forEach(state -> state.unwatch(watcher));
    }
  }
}
