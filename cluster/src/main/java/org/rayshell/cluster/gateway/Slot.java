package org.rayshell.cluster.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rayshell.cluster.link.SlotLink;
import org.rayshell.cluster.task.RayHeld;
import org.rayshell.runtime.ObjectId;

/** A task of Ray's that runs calls. Guarded by the lock of {@link Slots}. */
final class Slot {
  final ObjectId id;
  final SlotGroup group;
  final RayHeld held = new RayHeld();
  final Map<ObjectId, GatewayCall> calls = new LinkedHashMap<>();
  SlotLink link;
  long since;
  long idleSince;
  boolean watched;

  /** Whether it has run a call, and its worker has warmed up. */
  boolean warm;

  /** It has sent calls back: it gets no more until it has none. */
  boolean slow;

  /** What it has made is a call's result: it runs no more. */
  boolean over;

  Slot(ObjectId id, SlotGroup group) {
    this.id = id;
    this.group = group;
  }

  ObjectId id() {
    return id;
  }

  Kind kind() {
    return group.kind;
  }

  RayHeld held() {
    return held;
  }
}
