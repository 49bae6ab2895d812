package org.rayshell.runtime.owner;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is to be done when states are garbage, done when the test says so and in an order of its
 * own, so that a seed gives the same run again.
 */
final class CollectedStates {
  private static final ReferenceQueue<Object> QUEUE = new ReferenceQueue<>();

  private final Set<Watched> watched = new HashSet<>();
  private final List<Watched> due = new ArrayList<>();
  private long count;

  private static final class Watched extends PhantomReference<Object> {
    private final CollectedStates owner;
    private final long number;
    private final Runnable action;

    Watched(Object state, CollectedStates owner, long number, Runnable action) {
      super(state, QUEUE);
      this.owner = owner;
      this.number = number;
      this.action = action;
    }
  }

  void watch(Object state, Runnable action) {
    watched.add(new Watched(state, this, ++count, action));
  }

  /** Collects garbage; afterwards {@link #runDue} of all that watch has what went. */
  static void collect() {
    // What is found by the first collection is queued before what the second finds.
    for (int i = 0; i < 2; i++) {
      Reference<Object> sentinel = new PhantomReference<>(new Object(), QUEUE);
      boolean found = false;
      System.gc();
      while (!found) {
        try {
          Reference<?> next = QUEUE.remove();
          found = next == sentinel;
          if (next instanceof Watched each) {
            each.owner.due.add(each);
          }
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  /** Does what is due; returns whether there was anything. */
  boolean runDue() {
    List<Watched> now = new ArrayList<>(due);
    due.clear();
    now.sort(Comparator.comparingLong(each -> each.number));
    now.forEach(each -> {
      watched.remove(each);
      each.action.run();
    });
    return !now.isEmpty();
  }
}
