package org.rayshell.runtime.view;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.owner.ObjectState;

/**
 * The latest objects of the driver, without keeping them: they leave with their last ref.
 * Thread-safe: one lock, a leaf.
 */
public final class ObjectBook {
  /** More than these are not listed; the oldest go. */
  static final int MOST = 10_000;

  /** An object that may be gone; immutable but for that. */
  static final class Known extends WeakReference<ObjectState> {
    final ObjectId id;
    final String function;
    final String cell;
    final long since;

    Known(
        ObjectState state,
        String function,
        String cell,
        long since,
        ReferenceQueue<ObjectState> gone) {
      super(state, gone);
      this.id = state.id();
      this.function = function;
      this.cell = cell;
      this.since = since;
    }
  }

  private final LinkedHashMap<ObjectId, Known> known = new LinkedHashMap<>();
  private final ReferenceQueue<ObjectState> gone = new ReferenceQueue<>();
  private long dropped;

  /**
   * There is a new object.
   *
   * @param function the task that makes it; null for what was put
   * @param cell may be null
   * @param since epoch nanoseconds
   */
  public synchronized void add(ObjectState state, String function, String cell, long since) {
    forget();
    known.put(state.id(), new Known(state, function, cell, since, gone));
    if (known.size() > MOST) {
      known.pollFirstEntry();
      dropped++;
    }
  }

  /** Those that may still be there, the oldest first. */
  synchronized List<Known> all() {
    forget();
    return new ArrayList<>(known.values());
  }

  /** The object of that id, if it is listed and still there; else null. */
  synchronized ObjectState find(ObjectId id) {
    Known each = known.get(id);
    return each == null ? null : each.get();
  }

  synchronized long dropped() {
    return dropped;
  }

  private void forget() {
    for (Object each = gone.poll(); each != null; each = gone.poll()) {
      Known old = (Known) each;
      known.remove(old.id, old);
    }
  }
}
