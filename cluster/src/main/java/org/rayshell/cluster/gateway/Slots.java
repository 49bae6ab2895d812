package org.rayshell.cluster.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.rayshell.cluster.link.SlotLink;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.cluster.Cluster;
import org.rayshell.runtime.wire.Outcome;

/**
 * Which calls run where. Ray needs a millisecond for a task, so that short calls of one kind share
 * one: a slot, which is a task of Ray's that runs call after call as the gateway sends them. Calls
 * that take long are tasks of their own. A slot holds what one call holds, since it runs one at a
 * time; several are sent ahead only if all of them together take no longer than {@link
 * SlotGroup#AHEAD_NS}, and what has not begun comes back when one blocks or takes longer than the
 * last ones did. Thread-safe: one lock, under which the port is called.
 */
final class Slots {
  /** A slot without calls stays for so long, in case that more come. */
  static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(20);

  /** After so long Ray may give its resources to somebody else: as Ray's own leases. */
  static final long AGE_NS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Ray gets a slot ready in that time if it has room. */
  static final long GRANT_NS = TimeUnit.MILLISECONDS.toNanos(1);

  /** A kind whose first calls have not ended after that time is long, however new they are. */
  static final long UNKNOWN_NS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final Cluster.Result UNTOLD =
      new Cluster.Result(
          Outcome.Kind.WORKER_CRASHED, List.of(), "its worker has not told how it ended");

  private static final int MOST_BYTES = 256 << 10;
  private static final int MOST_GROUPS = 1_000;

  /** What it acts by; nothing of it blocks. */
  interface Port {
    /** Has Ray start a slot. */
    void open(Slot slot);

    /** The slot is not to be looked after any more. */
    void closed(Slot slot);

    /** Has Ray run the call as a task of its own. */
    void alone(GatewayCall call);

    /** The call has ended by a failure. */
    void failed(GatewayCall call, Cluster.Result result);

    /** Has something done after so long. */
    void later(Runnable action, long ns);

    /** The time; of any beginning. */
    long nanoTime();
  }

  private final Port port;
  private final Supplier<ObjectId> ids;
  private final Map<Kind, SlotGroup> groups = new HashMap<>();

  /** Those that wait, and those that were sent to a slot. */
  private final Map<ObjectId, GatewayCall> calls = new HashMap<>();

  private final Map<ObjectId, Slot> slots = new HashMap<>();
  private int asked;
  private long lastAsked;

  /** Whether Ray was given a task just now that is none of the slots. */
  private boolean alone;

  private boolean roomSoon;

  Slots(Port port, Supplier<ObjectId> ids) {
    this.port = port;
    this.ids = ids;
  }

  private SlotGroup group(Kind kind) {
    if (groups.size() > MOST_GROUPS) {
      groups.values().removeIf(each -> !each.isInUse());
    }
    return groups.computeIfAbsent(kind, SlotGroup::new);
  }

  /** A call that may share a task of Ray's: its arguments are with it. */
  synchronized void add(GatewayCall call) {
    SlotGroup group = group(call.kind());
    if (group.isLong()) {
      alone(call);
      return;
    }
    calls.put(call.task(), call);
    group.waiting.add(call);
    dispatch(group);
  }

  /** Calls of a kind of which none has ended yet. */
  private synchronized void unknown(SlotGroup group) {
    if (!group.isKnown()) {
      allAlone(group);
    }
  }

  private void allAlone(SlotGroup group) {
    while (!group.waiting.isEmpty()) {
      GatewayCall call = group.waiting.poll();
      calls.remove(call.task());
      alone(call);
    }
  }

  /** A call that is a task of Ray's in any case: Ray has arguments of it. */
  synchronized void addAlone(GatewayCall call) {
    alone(call);
  }

  private void alone(GatewayCall call) {
    port.alone(call);
    tell(call);
    alone = true;
    makeRoomSoon();
  }

  private static void tell(GatewayCall call) {
    call.waiters.forEach(Runnable::run);
    call.waiters.clear();
  }

  private void dispatch(SlotGroup group) {
    while (!group.waiting.isEmpty() && !group.idle.isEmpty()) {
      fill(group.idle.pop());
    }
    while (group.asked.size() < group.wanted()) {
      Slot slot = new Slot(ids.get(), group);
      slots.put(slot.id, slot);
      group.asked.add(slot);
      asked++;
      lastAsked = port.nanoTime();
      port.open(slot);
      makeRoomSoon();
    }
  }

  /** Sends as many as are to be there. */
  private void fill(Slot slot) {
    SlotGroup group = slot.group;
    int most = group.most(slot.calls.size());
    List<byte[]> send = new ArrayList<>();
    int bytes = 0;
    while (slot.calls.size() < most && !group.waiting.isEmpty()) {
      byte[] next = (byte[]) group.waiting.peek().wrapped();
      if (!slot.calls.isEmpty() && bytes + next.length > MOST_BYTES) {
        break;
      }
      GatewayCall call = group.waiting.poll();
      call.slot = slot;
      slot.calls.put(call.task(), call);
      send.add(next);
      bytes += next.length;
    }
    if (!send.isEmpty()) {
      slot.link.calls(send);
      if (!group.isKnown()) {
        port.later(() -> unknown(group), UNKNOWN_NS);
      }
    }
  }

  /** A slot is there. */
  synchronized void ready(ObjectId id, SlotLink link) {
    Slot slot = slots.get(id);
    if (slot == null) {
      link.close();
      return;
    }
    slot.link = link;
    slot.since = port.nanoTime();
    forgetAsked(slot);
    slot.group.ready.add(slot);
    next(slot);
  }

  private void forgetAsked(Slot slot) {
    if (slot.group.asked.remove(slot)) {
      asked--;
    }
  }

  /** What a slot does that has no call. */
  private void next(Slot slot) {
    slot.slow = false;
    if (slot.isEnding() && !slot.over) {
      // It is settled when the rest is known.
      return;
    }
    long now = port.nanoTime();
    if (slot.over) {
      // What was sent after its last call has come back.
      forget(slot);
      dispatch(slot.group);
    } else if (isOld(slot)) {
      close(slot);
      dispatch(slot.group);
    } else if (!slot.group.waiting.isEmpty()) {
      fill(slot);
      dispatch(slot.group);
    } else if (asked > 0 && now - lastAsked < AGE_NS) {
      close(slot);
    } else {
      slot.idleSince = now;
      slot.group.idle.push(slot);
      watch(slot, IDLE_NS);
    }
  }

  private boolean isOld(Slot slot) {
    return port.nanoTime() - slot.since > AGE_NS;
  }

  private void watch(Slot slot, long ns) {
    if (!slot.watched) {
      slot.watched = true;
      port.later(() -> look(slot), ns);
    }
  }

  private synchronized void look(Slot slot) {
    slot.watched = false;
    if (slot.group.idle.contains(slot)) {
      long left = IDLE_NS - (port.nanoTime() - slot.idleSince);
      if (left <= 0) {
        close(slot);
      } else {
        watch(slot, left);
      }
    }
  }

  /** Ray has waited for so long with what it was given last that it seems to have no room. */
  private synchronized void makeRoom() {
    roomSoon = false;
    if (asked > 0 || alone) {
      for (SlotGroup group : groups.values()) {
        List.copyOf(group.idle).forEach(this::close);
      }
    }
    alone = false;
  }

  private void makeRoomSoon() {
    if (!roomSoon) {
      roomSoon = true;
      port.later(this::makeRoom, GRANT_NS);
    }
  }

  private void close(Slot slot) {
    forget(slot);
    slot.link.close();
  }

  private void forget(Slot slot) {
    forgetAsked(slot);
    slot.group.ready.remove(slot);
    slot.group.idle.remove(slot);
    slots.remove(slot.id);
    port.closed(slot);
  }

  /** Whether somebody waits for that try, and it was sent to a slot. */
  synchronized boolean begun(ObjectId task, int attempt) {
    GatewayCall call = calls.get(task);
    return call != null && call.attempt() == attempt && call.slot != null;
  }

  /**
   * A call has ended.
   *
   * @param result the bytes of its result; null if that is what its slot has made, in Ray's store
   * @param ns how long it took; negative if it did not begin
   * @return null if nobody waits for it, or it is no slot's
   */
  synchronized GatewayCall ended(ObjectId task, int attempt, byte[] result, long ns) {
    GatewayCall call = calls.get(task);
    if (call == null || call.attempt() != attempt || call.slot == null) {
      return null;
    }
    Slot slot = call.slot;
    calls.remove(task);
    slot.calls.remove(task);
    if (slot.warm || ns <= SlotGroup.LONG_NS) {
      slot.group.took(ns);
    }
    slot.warm = true;
    slot.over |= result == null;
    if (result == null) {
      call.is(slot.held);
    } else {
      call.is(result);
    }
    call.release();
    tell(call);
    if (slot.group.isLong()) {
      allAlone(slot.group);
    }
    if (slot.calls.isEmpty()) {
      next(slot);
    } else if (!slot.slow
        && !slot.over
        && !slot.isEnding()
        && !isOld(slot)
        && slot.calls.size() < SlotGroup.MOST_AHEAD / 2) {
      fill(slot);
    }
    return call;
  }

  /** A call that ran as a task of its own has ended. */
  synchronized void took(Kind kind, long ns) {
    group(kind).took(ns);
  }

  /** Calls that their slot does not begin. */
  synchronized void returned(ObjectId id, List<ObjectId> tasks) {
    Slot slot = slots.get(id);
    if (slot == null) {
      return;
    }
    for (ObjectId task : tasks.reversed()) {
      GatewayCall call = calls.get(task);
      if (call != null && call.slot == slot) {
        slot.calls.remove(task);
        putBack(call);
      }
    }
    slot.slow = true;
    if (slot.calls.isEmpty()) {
      next(slot);
    }
    dispatch(slot.group);
  }

  private void putBack(GatewayCall call) {
    call.slot = null;
    if (call.wanted) {
      calls.remove(call.task());
      alone(call);
    } else {
      group(call.kind()).waiting.addFirst(call);
    }
  }

  /** The call if it has not begun, and is not to any more. */
  synchronized GatewayCall takeWaiting(ObjectId task, int attempt) {
    GatewayCall call = calls.get(task);
    if (call == null || call.attempt() != attempt || call.slot != null) {
      return null;
    }
    calls.remove(task);
    group(call.kind()).waiting.remove(call);
    return call;
  }

  /** Has Ray know what the call will make; tells when it does, at once if so already. */
  synchronized void place(GatewayCall call, Runnable then) {
    if (calls.get(call.task()) != call || call.isKnown()) {
      then.run();
      return;
    }
    call.wanted = true;
    call.waiters.add(then);
    if (call.slot == null) {
      takeWaiting(call.task(), call.attempt());
      alone(call);
    } else {
      call.slot.link.keep(call.task());
    }
  }

  /** What the call makes will be what its slot has made. */
  synchronized void kept(ObjectId task) {
    GatewayCall call = calls.get(task);
    if (call != null && call.slot != null) {
      call.slot.over = true;
      call.is(call.slot.held);
      tell(call);
    }
  }

  /**
   * Ray says that a slot has ended. What its worker has told before may be under way yet: which of
   * its calls had ended is known once {@link #unlinked} is, too.
   *
   * @param result what Ray has of it
   * @return false if there is no such slot, as after its regular end
   */
  synchronized boolean lost(ObjectId id, Cluster.Result result) {
    Slot slot = slots.get(id);
    if (slot == null) {
      return false;
    }
    slot.told = result;
    slot.group.idle.remove(slot);
    if (slot.unlinked || !slot.group.ready.contains(slot)) {
      settle(slot);
    }
    return true;
  }

  /** The worker of a slot tells nothing more. */
  synchronized void unlinked(ObjectId id) {
    Slot slot = slots.get(id);
    if (slot != null) {
      slot.unlinked = true;
      slot.group.idle.remove(slot);
      if (slot.told != null) {
        settle(slot);
      }
    }
  }

  /** The slot has ended, and all that its worker told is known. */
  private void settle(Slot slot) {
    SlotGroup group = slot.group;
    boolean began = group.ready.contains(slot);
    forget(slot);
    List<GatewayCall> sent = new ArrayList<>(slot.calls.values());
    slot.calls.clear();
    // They run in their order: the first is the one that ran, if any did.
    GatewayCall first = began ? (sent.isEmpty() ? null : sent.removeFirst()) : group.waiting.poll();
    sent.reversed().forEach(this::putBack);
    if (first != null) {
      Cluster.Result why = isFailure(slot.told) ? slot.told : UNTOLD;
      calls.remove(first.task());
      first.is(why);
      first.release();
      tell(first);
      port.failed(first, why);
    }
    dispatch(group);
  }

  /** Whether it tells of the slot's end, and not of that of its last call. */
  private static boolean isFailure(Cluster.Result told) {
    return switch (told.kind()) {
      case WORKER_CRASHED, REFUSED, OBJECT_LOST -> true;
      default -> false;
    };
  }
}
