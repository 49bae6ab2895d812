package org.rayshell.runtime.view;

import java.util.LinkedHashMap;
import org.rayshell.runtime.ObjectId;

/**
 * Where in their cells the driver's latest tasks were submitted, as far as that is known.
 * Thread-safe: one lock, a leaf.
 */
public final class CallPlaces {
  private final LinkedHashMap<ObjectId, String> places = new LinkedHashMap<>();

  /** A task is called at that place; null if it is not known. */
  void add(ObjectId task, String place) {
    if (place == null) {
      return;
    }
    synchronized (this) {
      places.put(task, place);
      if (places.size() > TaskLog.SHOWN) {
        places.pollFirstEntry();
      }
    }
  }

  /** The place of a task's call, {@code line 4}; null if it is not known. */
  public synchronized String of(ObjectId task) {
    return places.get(task);
  }
}
