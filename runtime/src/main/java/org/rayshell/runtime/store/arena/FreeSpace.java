package org.rayshell.runtime.store.arena;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The free parts of a stretch of bytes. Gives out the smallest that is large enough, of these the
 * lowest, so that bytes which were used before are used again first; parts that are given back are
 * joined with their neighbours. Not thread-safe.
 */
final class FreeSpace {
  private record Part(long length, long offset) {}

  private final TreeMap<Long, Long> lengths = new TreeMap<>();
  private final TreeSet<Part> bySize =
      new TreeSet<>(Comparator.comparingLong(Part::length).thenComparingLong(Part::offset));
  private long free;

  /** All of it is free. */
  FreeSpace(long offset, long length) {
    add(offset, length);
    free = length;
  }

  /** The offset of so many bytes, which are free no more; -1 if there are not so many together. */
  long take(long length) {
    Part part = bySize.ceiling(new Part(length, 0));
    if (part == null) {
      return -1;
    }
    remove(part.offset, part.length);
    if (part.length > length) {
      add(part.offset + length, part.length - length);
    }
    free -= length;
    return part.offset;
  }

  /** These bytes, which were taken, are free again. */
  void give(long offset, long length) {
    free += length;
    long begin = offset;
    long end = offset + length;
    Map.Entry<Long, Long> before = lengths.lowerEntry(offset);
    if (before != null && before.getKey() + before.getValue() == offset) {
      begin = before.getKey();
      remove(begin, before.getValue());
    }
    Long after = lengths.get(end);
    if (after != null) {
      remove(end, after);
      end += after;
    }
    add(begin, end - begin);
  }

  /** How many bytes are free. */
  long free() {
    return free;
  }

  private void add(long offset, long length) {
    lengths.put(offset, length);
    bySize.add(new Part(length, offset));
  }

  private void remove(long offset, long length) {
    lengths.remove(offset);
    bySize.remove(new Part(length, offset));
  }
}
