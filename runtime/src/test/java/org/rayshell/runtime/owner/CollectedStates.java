package org.rayshell.runtime.owner;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done when objects are garbage, done when the test says so and in an order of its
 * own, so that a seed gives the same run again.
 */
final class CollectedStates {
  private static final class Watched extends PhantomReference<Object> {
    private final Runnable action;

    Watched(Object held, Runnable action) {
      // It is looked at: when a queue gets it depends on another thread.
      super(held, new ReferenceQueue<>());
      this.action = action;
    }
  }

  private final List<Watched> watched = new ArrayList<>();

  void watch(Object held, Runnable action) {
    watched.add(new Watched(held, action));
  }

  /** Does what is due for what is known to be garbage; returns whether there was anything. */
  boolean runDue() {
    List<Watched> due = watched.stream().filter(each -> each.refersTo(null)).toList();
    watched.removeAll(due);
    due.forEach(each -> each.action.run());
    return !due.isEmpty();
  }
}
