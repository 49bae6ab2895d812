package org.rayshell.runtime.owner;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.view.OwnedObject;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.TaskUpdate;

/**
 * The objects that this process has made lately, for people to look at; keeps none of them alive.
 * Thread-safe, without a lock.
 */
public final class LatestObjects {
  /** So many are known at most. */
  private static final int MOST = 4_096;

  /** An object with what it does not know itself. */
  private static final class Known extends WeakReference<ObjectState> {
    /** The cell that put it; null if none did. */
    final String cell;

    /** When it was put, epoch nanoseconds; 0 if a task makes it. */
    final long since;

    Known(ObjectState state, String cell, long since) {
      super(state);
      this.cell = cell;
      this.since = since;
    }
  }

  /**
   * An object that is there as long as somebody holds this.
   *
   * @param cell the cell that put it; null if none did
   * @param since when it was put, epoch nanoseconds; 0 if a task makes it
   */
  public record Found(ObjectState state, String cell, long since) {}

  private final AtomicReferenceArray<Known> ring = new AtomicReferenceArray<>(MOST);
  private final AtomicLong made = new AtomicLong();
  private final LongAdder dropped = new LongAdder();

  void add(ObjectState state, String cell, long since) {
    int place = (int) (made.getAndIncrement() % MOST);
    Known before = ring.getAndSet(place, new Known(state, cell, since));
    if (before != null && !before.refersTo(null)) {
      dropped.increment();
    }
  }

  /** How many were still there and are not known any more. */
  public long dropped() {
    return dropped.sum();
  }

  /** Those whose values are there, here or with a worker, the latest first. */
  public List<Found> withValues() {
    List<Found> found = new ArrayList<>();
    long end = made.get();
    for (long i = end - 1; i >= Math.max(0, end - MOST); i--) {
      Known known = ring.get((int) (i % MOST));
      ObjectState state = known == null ? null : known.get();
      if (state != null && (state.isPlaced() || state.isValue())) {
        found.add(new Found(state, known.cell, known.since));
      }
    }
    return found;
  }

  /** The object of that id; null if it is not known any more. */
  public ObjectState find(ObjectId id) {
    for (int i = 0; i < MOST; i++) {
      Known known = ring.get(i);
      ObjectState state = known == null ? null : known.get();
      if (state != null && state.id().equals(id)) {
        return state;
      }
    }
    return null;
  }

  /** Those that are still referred to, so many at most, the latest first. On the loop's thread. */
  List<OwnedObject> infos(int most, String owner, Lent lent) {
    List<OwnedObject> infos = new ArrayList<>();
    long end = made.get();
    for (long i = end - 1; i >= Math.max(0, end - MOST) && infos.size() < most; i--) {
      Known known = ring.get((int) (i % MOST));
      ObjectState state = known == null ? null : known.get();
      if (state != null) {
        infos.add(info(state, known.cell, owner, lent));
      }
    }
    return infos;
  }

  private static OwnedObject info(ObjectState state, String cell, String owner, Lent lent) {
    TaskUpdate task = state.task();
    Outcome outcome = state.outcome();
    Place place = state.place();
    return new OwnedObject(
        state.id().toString(),
        state.status(),
        state.bytes(),
        place != null ? place.worker() : outcome != null && outcome.isValue() ? owner : null,
        task == null ? cell : task.cell(),
        task == null ? null : task.function(),
        null,
        lent.borrowers(state.id()).stream().sorted().toList());
  }
}
