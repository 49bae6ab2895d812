package org.rayshell.runtime.store.arena;

import java.util.ArrayList;
import java.util.List;

/** The regions of one process, and what is free in them. Thread-safe by its own lock, a leaf. */
final class Spaces {
  private record Space(Region region, FreeSpace free) {
    boolean isUnused() {
      return free.free() == region.length();
    }
  }

  /** Bytes that were taken. */
  record Place(Object space, long begin, long length) {}

  private final List<Space> spaces = new ArrayList<>();
  private long used;

  synchronized void add(Region region) {
    spaces.add(new Space(region, new FreeSpace(region.offset(), region.length())));
  }

  /** So many bytes in one piece; null if there are not. */
  synchronized Place take(long length) {
    for (Space space : spaces) {
      long begin = space.free.take(length);
      if (begin >= 0) {
        used += length;
        return new Place(space, begin, length);
      }
    }
    return null;
  }

  synchronized void give(Place place) {
    ((Space) place.space).free.give(place.begin, place.length);
    used -= place.length;
  }

  /** Takes out the regions in which nothing is, but so many: their pages are there. */
  synchronized List<Region> takeUnused(int kept) {
    List<Space> unused = spaces.stream().filter(Space::isUnused).skip(kept).toList();
    spaces.removeAll(unused);
    return unused.stream().map(Space::region).toList();
  }

  /** How many bytes are taken. */
  synchronized long used() {
    return used;
  }
}
