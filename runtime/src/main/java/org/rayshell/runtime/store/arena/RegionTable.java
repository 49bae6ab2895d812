package org.rayshell.runtime.store.arena;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which process has which regions of the arena; the driver's. The regions of a process that has
 * died are free again once no other reads blocks in them. Thread-safe by its own lock, a leaf.
 */
public final class RegionTable {
  /** Regions of this share of the arena, if that is within the bounds. */
  private static final int SHARE = 32;

  private static final long LEAST_BYTES = 16L << 20;

  private static final long MOST_BYTES = 64L << 20;

  private record Granted(Region region, String owner) {}

  private final FreeSpace space;
  private final long size;
  private final long usual;
  private final Map<Long, Granted> granted = new HashMap<>();

  /** Of processes that have died: who may still read what they wrote. */
  private final Map<String, Set<String>> readers = new HashMap<>();

  private final Consumer<String> forgotten;

  /**
   * All of the file's room is free.
   *
   * @param forgotten is told of each process that has died and is not read any more
   */
  public RegionTable(ArenaFile file, Consumer<String> forgotten) {
    long begin = file.begin();
    long end = file.end();
    this.forgotten = forgotten;
    this.size = end - begin;
    space = new FreeSpace(begin, end - begin);
    usual =
        Math.clamp((end - begin) / SHARE, LEAST_BYTES, MOST_BYTES)
            / ArenaFile.STEP_BYTES
            * ArenaFile.STEP_BYTES;
  }

  /** A region with room for so many bytes; null if there is none. */
  public synchronized Region grant(String owner, long bytes) {
    long needed = ArenaFile.roundedUp(bytes);
    long length = Math.max(usual, needed);
    long offset = space.take(length);
    if (offset < 0) {
      length = needed;
      offset = space.take(length);
    }
    if (offset < 0) {
      return null;
    }
    Region region = new Region(offset, length);
    granted.put(offset, new Granted(region, owner));
    return region;
  }

  /** A process has no use for its region any more. */
  public synchronized void giveBack(String owner, long offset) {
    Granted found = granted.get(offset);
    if (found != null && found.owner.equals(owner)) {
      free(found);
    }
  }

  private void free(Granted found) {
    granted.remove(found.region.offset());
    space.give(found.region.offset(), found.region.length());
  }

  /**
   * A process has died.
   *
   * @param others those that may read what it wrote
   */
  public synchronized void died(String process, Collection<String> others) {
    readers.values().forEach(each -> each.remove(process));
    Set<String> remaining = new HashSet<>(others);
    remaining.remove(process);
    readers.put(process, remaining);
    takeBack();
  }

  /**
   * A process reads what one has written; if that has died, for as long as it does not say else.
   */
  public synchronized void reads(String reader, String home) {
    Set<String> left = readers.get(home);
    if (left != null) {
      left.add(reader);
    }
  }

  /** A process reads nothing any more of what one wrote that has died. */
  public synchronized void unread(String reader, String dead) {
    Set<String> left = readers.get(dead);
    if (left != null) {
      left.remove(reader);
      takeBack();
    }
  }

  private void takeBack() {
    Iterator<Map.Entry<String, Set<String>>> all = readers.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, Set<String>> each = all.next();
      if (each.getValue().isEmpty()) {
        all.remove();
        forgotten.accept(each.getKey());
        granted.values().stream()
            .filter(granted -> granted.owner.equals(each.getKey()))
            .toList()
            .forEach(this::free);
      }
    }
  }

  /** How many bytes there are. */
  public long size() {
    return size;
  }

  /** How many bytes no process has. */
  public synchronized long free() {
    return space.free();
  }
}
