package org.rayshell.runtime.scheduler;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rayshell.runtime.wire.Message;

/**
 * Asks for leases back when others wait, so that an owner with a long queue does not keep the
 * workers for itself. Belongs to the raylet.
 */
final class Reclaimer {
  private final RayletPort port;

  Reclaimer(RayletPort port) {
    this.port = port;
  }

  /** Whether running tasks that end are all that the request needs. */
  boolean lacksOnlyCpus(LeaseRequest request, Map<String, Long> left) {
    for (Map.Entry<String, Long> wanted : request.shape().entrySet()) {
      boolean cpu = wanted.getKey().equals(ResourcePool.CPU);
      if (!cpu && wanted.getValue() > left.getOrDefault(wanted.getKey(), 0L)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reclaims as many leases as the request needs, of others that are not deeper and hold more: each
   * queue gets its share, and with that they let one another be.
   */
  void reclaim(LeaseRequest request, Map<String, Long> left, Collection<GrantedLease> leases) {
    Map<String, Long> missing = new HashMap<>();
    request
        .shape()
        .forEach((name, wanted) -> missing.put(name, wanted - left.getOrDefault(name, 0L)));
    for (GrantedLease lease : leases) {
      if (lease.reclaimed && !lease.blocked) {
        ResourcePool.reserve(lease.request.shape(), missing);
      }
    }
    if (!isAnyMissing(missing)) {
      return;
    }
    List<GrantedLease> candidates =
        leases.stream()
            .filter(l -> !l.reclaimed && !l.blocked)
            .filter(l -> l.request.depth() <= request.depth())
            .filter(l -> held(l.request, leases) > held(request, leases))
            .sorted(Comparator.comparingInt(l -> l.request.depth()))
            .toList();
    for (GrantedLease lease : candidates) {
      if (hasSomeOf(lease.request.shape(), missing)) {
        lease.reclaimed = true;
        ResourcePool.reserve(lease.request.shape(), missing);
        port.send(lease.request.owner(), new Message.Reclaim(lease.id));
      }
    }
  }

  private static boolean isAnyMissing(Map<String, Long> amounts) {
    return amounts.values().stream().anyMatch(amount -> amount > 0);
  }

  private static boolean hasSomeOf(Map<String, Long> shape, Map<String, Long> missing) {
    return shape.entrySet().stream()
        .anyMatch(has -> has.getValue() > 0 && missing.getOrDefault(has.getKey(), 0L) > 0);
  }

  /** How many leases run for the queue of the request. */
  private static long held(LeaseRequest request, Collection<GrantedLease> leases) {
    return leases.stream().filter(l -> !l.blocked && isSameQueue(l.request, request)).count();
  }

  private static boolean isSameQueue(LeaseRequest a, LeaseRequest b) {
    return a.owner().equals(b.owner()) && a.shape().equals(b.shape()) && a.env().equals(b.env());
  }
}
