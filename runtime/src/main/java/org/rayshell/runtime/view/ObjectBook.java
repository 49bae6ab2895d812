package org.rayshell.runtime.view;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
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

    Known(ObjectState state, String function, String cell, long since) {
      super(state);
      this.id = state.id();
      this.function = function;
      this.cell = cell;
      this.since = since;
    }
  }

  /** A ring; few look for one of them, and every task adds one. */
  private final Known[] known = new Known[MOST];

  private long added;
  private long dropped;

  /**
   * There is a new object.
   *
   * @param function the task that makes it; null for what was put
   * @param cell may be null
   * @param since epoch nanoseconds
   */
  public synchronized void add(ObjectState state, String function, String cell, long since) {
    int place = (int) (added++ % MOST);
    if (known[place] != null && known[place].get() != null) {
      dropped++;
    }
    known[place] = new Known(state, function, cell, since);
  }

  /** Those that may still be there, the oldest first. */
  synchronized List<Known> all() {
    List<Known> all = new ArrayList<>();
    for (long i = Math.max(0, added - MOST); i < added; i++) {
      Known each = known[(int) (i % MOST)];
      if (each.get() != null) {
        all.add(each);
      }
    }
    return all;
  }

  /** The object of that id, if it is listed and still there; else null. */
  synchronized ObjectState find(ObjectId id) {
    for (long i = added - 1; i >= Math.max(0, added - MOST); i--) {
      Known each = known[(int) (i % MOST)];
      if (each.id.equals(id)) {
        return each.get();
      }
    }
    return null;
  }

  synchronized long dropped() {
    return dropped;
  }
}
