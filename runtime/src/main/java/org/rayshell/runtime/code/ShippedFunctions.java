package org.rayshell.runtime.code;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The functions that were called lately, by their names, so that the calls of one share what they
 * have in common: a million may wait. Thread-safe, without a lock.
 */
final class ShippedFunctions {
  private static final int KEPT = 64;

  private final AtomicReferenceArray<ShippedFunction> latest = new AtomicReferenceArray<>(KEPT);

  /** The one of the last call if it is the same; else this. */
  ShippedFunction orLatest(ShippedFunction made) {
    if (!made.isLasting()) {
      return made;
    }
    int place = made.name().hashCode() & KEPT - 1;
    ShippedFunction before = latest.get(place);
    if (made.equals(before)) {
      return before;
    }
    latest.set(place, made);
    return made;
  }
}
