package org.rayshell.cluster.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rayshell.cluster.link.SlotLink;
import org.rayshell.cluster.task.RayHeld;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.cluster.Cluster;

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

  /** What Ray says of its end; null until then. */
  Cluster.Result told;

  /** Whether its worker tells nothing more. */
  boolean unlinked;

  /** It has sent calls back: it gets no more until it has none. */
  boolean slow;

  /** What it has made is a call's result: it runs no more. */
  boolean over;

  Slot(ObjectId id, SlotGroup group) {
    this.id = id;
    this.group = group;
  }

  /** Whether it is to get no more calls since it has ended, or what it tells does not come. */
  boolean isEnding() {
    return told != null || unlinked;
  }
}
