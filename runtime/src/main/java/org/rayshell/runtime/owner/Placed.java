package org.rayshell.runtime.owner;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;

/**
 * Objects that this process has refs of and whose values others keep: gets them when they are
 * wanted here, lets them go with their last ref, and has those made again that were lost. Belongs
 * to the loop.
 */
final class Placed {
  private final OwnerPort port;
  private final Results results;
  private final Borrows borrows;
  private final Map<ObjectId, WeakReference<ObjectState>> states = new HashMap<>();

  /** Set after construction: the two need each other. */
  private Tasks tasks;

  Placed(OwnerPort port, Results results, Borrows borrows) {
    this.port = port;
    this.results = results;
    this.borrows = borrows;
  }

  void tasks(Tasks own) {
    tasks = own;
  }

  /** The value of the object is with a worker. */
  void placed(ObjectState state, Place place) {
    ObjectId id = state.id();
    WeakReference<ObjectState> known = new WeakReference<>(state);
    states.put(id, known);
    port.whenCollected(state, () -> states.remove(id, known));
    if (place.made() != null || isOwn(state)) {
      port.stored(place, place.bytes());
      dropWithLastRef(id, place);
    }
    if (state.place(place)) {
      fetch(state);
    }
  }

  /** The worker need not keep the value any longer than the owner has use for it. */
  private void dropWithLastRef(ObjectId id, Place place) {
    String worker = place.worker();
    port.whenCollected(
        place,
        () -> {
          WeakReference<ObjectState> known = states.get(id);
          ObjectState state = known == null ? null : known.get();
          Place now = state == null ? null : state.place();
          // It may have been made again by the very worker.
          if (now == null || !now.worker().equals(worker)) {
            port.toPeer(worker, new Message.DropResult(id));
          }
        });
  }

  /** Gets the value, if that is not under way. */
  void fetch(ObjectState state) {
    Place place = state.place();
    if (!state.isEnded() && place != null && state.askPlace()) {
      results.get(state.id(), place.worker(), outcome -> got(state, place, outcome));
    }
  }

  private void got(ObjectState state, Place place, Outcome outcome) {
    if (outcome.isValue()) {
      state.complete(outcome);
      if (place.made() != null || isOwn(state)) {
        port.toPeer(place.worker(), new Message.DropResult(state.id()));
      }
    } else {
      lost(state, place, outcome.message());
    }
  }

  /** The value is not where it was said to be. */
  void lost(ObjectState state, Place place, String why) {
    if (state.isEnded() || state.place() != place) {
      // Known, or even mended.
      return;
    }
    state.displace();
    if (place.made() != null) {
      tasks.makeAgain(state, place.made(), why);
    } else if (isOwn(state)) {
      state.complete(Outcome.failure(Outcome.Kind.OBJECT_LOST, why));
    } else {
      borrows.fetch(state, true);
    }
  }

  /** Whether it is an object of this owner's, made by a task or put into a cluster's store. */
  private static boolean isOwn(ObjectState state) {
    return state.owner().equals(state.home().name());
  }

  /** A worker has died, and what it kept is lost. */
  void died(Message.WorkerDied death) {
    String why = Results.died(death, ", which kept it,");
    for (WeakReference<ObjectState> each : List.copyOf(states.values())) {
      ObjectState state = each.get();
      Place place = state == null ? null : state.place();
      if (place != null && place.worker().equals(death.name())) {
        lost(state, place, why);
      }
    }
  }

  void end() {
    states.clear();
  }
}
