package org.rayshell.runtime.owner;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.rayshell.runtime.code.ShippedFunction;

/**
 * The places from which this process has called functions lately, by the functions' names, so that
 * the tasks of one share what they have in common. Thread-safe, without a lock.
 */
final class CallSites {
  private static final int KEPT = 64;

  private final long pid;
  private final AtomicReferenceArray<CallSite> latest = new AtomicReferenceArray<>(KEPT);

  /**
   * None.
   *
   * @param pid of this process
   */
  CallSites(long pid) {
    this.pid = pid;
  }

  /** The one of the last call if it is the same; else a new one. */
  CallSite of(ShippedFunction function, Origin origin) {
    int place = function.name().hashCode() & KEPT - 1;
    CallSite before = latest.get(place);
    if (before != null && before.isOf(function, origin)) {
      return before;
    }
    CallSite site = new CallSite(function, origin, pid);
    if (function.isLasting()) {
      latest.set(place, site);
    }
    return site;
  }
}
