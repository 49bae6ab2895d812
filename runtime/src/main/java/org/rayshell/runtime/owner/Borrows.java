package org.rayshell.runtime.owner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;

/** Objects of other processes that this one has asked for and not yet got. Belongs to the loop. */
final class Borrows {
  private record Asked(ObjectState state, boolean value) {}

  private final Owner home;
  private final OwnerPort port;
  private final Map<Long, Asked> asked = new HashMap<>();
  private long lastRequest;
  private Outcome ended;

  Borrows(Owner home, OwnerPort port) {
    this.home = home;
    this.port = port;
  }

  /**
   * Asks the object's owner, if that is another process and nobody has asked.
   *
   * @param value whether for the value, or only whether it is there
   */
  void fetch(ObjectState state, boolean value) {
    if (ended != null) {
      state.complete(ended);
      return;
    }
    if (state.owner().equals(home.name()) || state.isEnded() || !state.ask(value)) {
      return;
    }
    long request = ++lastRequest;
    asked.put(request, new Asked(state, value));
    if (!port.toPeer(state.owner(), new Message.GetObject(request, state.id(), value))) {
      // The raylet knows how it ended and says so.
      port.toRaylet(new Message.PeerLost(state.owner()));
    }
  }

  void received(Message.ObjectReply reply) {
    Asked was = asked.remove(reply.request());
    if (was == null) {
      return;
    }
    if (reply.outcome() != null) {
      was.state.complete(reply.outcome());
    } else {
      was.state.markReady();
    }
  }

  /** A worker has the value. */
  void received(Message.StoredAt reply) {
    Asked was = asked.remove(reply.request());
    if (was != null) {
      home.placed(was.state, new Place(reply.worker(), reply.bytes(), null));
    }
  }

  /** Whether anything is asked of that process. */
  boolean from(String owner) {
    return asked.values().stream().anyMatch(a -> a.state.owner().equals(owner));
  }

  void ownerDied(Message.WorkerDied death) {
    List<ObjectState> lost = new ArrayList<>();
    asked.values().removeIf(a -> a.state.owner().equals(death.name()) && lost.add(a.state));
    lost.forEach(state -> state.complete(ownerDied(state, death)));
  }

  /** What becomes of an object whose owner has died. */
  static Outcome ownerDied(ObjectState state, Message.WorkerDied death) {
    return Outcome.failure(
        Outcome.Kind.OWNER_DIED,
        "the worker that owned "
            + state.id()
            + " has died, and the object with it: pid="
            + death.pid()
            + ", "
            + death.how()
            + "; submit the task that made it again");
  }

  /** Fails all that was asked for, and what will be. */
  void end(Outcome outcome) {
    ended = outcome;
    List<Asked> all = List.copyOf(asked.values());
    asked.clear();
    all.forEach(a -> a.state.complete(outcome));
  }
}
