package org.rayshell.runtime.owner;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.RefAddress;
import org.rayshell.runtime.wire.Message;

/**
 * Objects of other processes that this one has refs of: one state for each, however many refs came.
 * When the last ref here is collected, the owner is told. Belongs to the loop but for {@link
 * #find}.
 */
final class BorrowedRefs {
  private static final class Held {
    final String owner;
    final Map<String, Integer> times = HashMap.newHashMap(1);
    WeakReference<ObjectState> state;

    Held(String owner) {
      this.owner = owner;
    }
  }

  private final Owner home;
  private final OwnerPort port;
  private final Map<ObjectId, Held> held = new ConcurrentHashMap<>();

  BorrowedRefs(Owner home, OwnerPort port) {
    this.home = home;
    this.port = port;
  }

  /** A ref has arrived from a process that has told the owner. */
  ObjectState arrived(RefAddress address, String via) {
    ObjectId id = address.id();
    Held entry = held.get(id);
    ObjectState state = entry == null ? null : entry.state.get();
    if (state == null) {
      state = new BorrowedObject(address, home);
      Held renewed = entry == null ? new Held(address.owner()) : entry;
      WeakReference<ObjectState> weak = new WeakReference<>(state);
      renewed.state = weak;
      held.put(id, renewed);
      entry = renewed;
      port.whenCollected(state, () -> collected(id, weak));
    }
    entry.times.merge(via, 1, Integer::sum);
    return state;
  }

  /** The object, if a ref of it is here. Any thread. */
  ObjectState find(ObjectId id) {
    Held entry = held.get(id);
    return entry == null ? null : entry.state.get();
  }

  private void collected(ObjectId id, WeakReference<ObjectState> weak) {
    Held entry = held.get(id);
    // Another ref may have come after the last one went: then there is a new state.
    if (entry != null && entry.state == weak) {
      held.remove(id);
      entry.times.forEach(
          (via, times) -> port.toPeer(entry.owner, new Message.ReleaseObject(id, via, times)));
    }
  }

  /** How many refs have come from that process and are not let go. */
  int times(ObjectId id, String via) {
    Held entry = held.get(id);
    return entry == null ? 0 : entry.times.getOrDefault(via, 0);
  }

  /** Shows the states of that owner's objects that are still referred to. */
  void ofOwner(String owner, Consumer<ObjectState> action) {
    for (Held entry : held.values()) {
      ObjectState state = entry.owner.equals(owner) ? entry.state.get() : null;
      if (state != null) {
        action.accept(state);
      }
    }
  }

  /** How many objects of others this process has refs of. */
  int size() {
    return held.size();
  }

  void clear() {
    held.clear();
  }
}
