package org.rayshell.runtime.store.arena;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/** The regions of one process, and what is free in them. Thread-safe by its own lock, a leaf. */
final class Spaces {
  /** What is left of a region. */
  private static final class Space {
    final FreeSpace free;
    long length;

    Space(Region region) {
      free = new FreeSpace(region.offset(), region.length());
      length = region.length();
    }

    boolean isUnused() {
      return free.free() == length;
    }
  }

  /** Bytes that were taken. */
  record Place(Object space, long begin, long length) {}

  private final List<Space> spaces = new ArrayList<>();
  private long used;

  synchronized void add(Region region) {
    spaces.add(new Space(region));
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

  /** Takes out the regions in which nothing is, but so many of the largest. */
  synchronized List<Region> takeUnused(int kept) {
    List<Space> unused =
        spaces.stream()
            .filter(Space::isUnused)
            .sorted(Comparator.comparingLong((Space space) -> space.length).reversed())
            .skip(kept)
            .toList();
    spaces.removeAll(unused);
    return unused.stream().flatMap(space -> space.free.parts().stream()).toList();
  }

  /**
   * Takes out the steps that were free the last time, too, and have been since; the first that have
   * pages stay.
   *
   * @param kept how many bytes of those that are free and have pages stay
   * @param hasPages whether the step of that number has
   */
  synchronized List<Region> takeOld(long kept, IntPredicate hasPages) {
    List<Region> taken = new ArrayList<>();
    long left = kept;
    for (Space space : spaces) {
      space.free.mark();
      BitSet old = space.free.old();
      for (int step = old.nextSetBit(0); step >= 0; step = old.nextSetBit(step + 1)) {
        if (left >= ArenaFile.STEP_BYTES && hasPages.test(step)) {
          left -= ArenaFile.STEP_BYTES;
        } else {
          Region region = new Region(step * ArenaFile.STEP_BYTES, ArenaFile.STEP_BYTES);
          space.free.take(region.offset(), region.length());
          space.length -= region.length();
          taken.add(joined(taken, region));
        }
      }
    }
    spaces.removeIf(space -> space.length == 0);
    return taken;
  }

  /** The region, with the last one of those, which is taken out, if that ends where it begins. */
  private static Region joined(List<Region> regions, Region region) {
    if (regions.isEmpty() || regions.getLast().end() != region.offset()) {
      return region;
    }
    Region last = regions.removeLast();
    return new Region(last.offset(), last.length() + region.length());
  }

  /** How many bytes are taken. */
  synchronized long used() {
    return used;
  }
}
