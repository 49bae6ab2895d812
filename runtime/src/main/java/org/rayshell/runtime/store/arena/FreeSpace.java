package org.rayshell.runtime.store.arena;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The free parts of a stretch of bytes. Gives out the smallest that is large enough, of these the
 * lowest, so that bytes which were used before are used again first; parts that are given back are
 * joined with their neighbours. Knows which steps have long been free. Not thread-safe.
 */
final class FreeSpace {
  private record Part(long length, long offset) {}

  private final TreeMap<Long, Long> lengths = new TreeMap<>();
  private final TreeSet<Part> bySize =
      new TreeSet<>(Comparator.comparingLong(Part::length).thenComparingLong(Part::offset));

  /** Steps all of which has been free since the latest mark. */
  private BitSet young = new BitSet();

  /** Steps all of which has been free since the mark before the latest. */
  private BitSet old = new BitSet();

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
    cut(part, part.offset, length);
    return part.offset;
  }

  /** These bytes, which are free, are free no more. */
  void take(long offset, long length) {
    Map.Entry<Long, Long> found = lengths.floorEntry(offset);
    cut(new Part(found.getValue(), found.getKey()), offset, length);
  }

  private void cut(Part part, long offset, long length) {
    long end = offset + length;
    remove(part.offset, part.length);
    if (offset > part.offset) {
      add(part.offset, offset - part.offset);
    }
    if (part.offset + part.length > end) {
      add(end, part.offset + part.length - end);
    }
    free -= length;
    int first = ArenaFile.step(offset);
    int last = ArenaFile.step(ArenaFile.roundedUp(end));
    young.clear(first, last);
    old.clear(first, last);
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

  /** Time has gone by: what was free at the latest mark and has been since is {@link #old}. */
  void mark() {
    old = young;
    young = new BitSet();
    lengths.forEach((offset, length) -> {
      int first = ArenaFile.step(ArenaFile.roundedUp(offset));
      int last = ArenaFile.step(offset + length);
      young.set(first, Math.max(first, last));
    });
  }

  /** The numbers of the steps that have been free since the mark before the latest. */
  BitSet old() {
    return (BitSet) old.clone();
  }

  /** What is free, the lowest first. */
  List<Region> parts() {
    List<Region> parts = new ArrayList<>();
    lengths.forEach((offset, length) -> parts.add(new Region(offset, length)));
    return parts;
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
