package org.rayshell.runtime.store.arena;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Which process has which regions of the arena; the driver's. The regions of a process that has
 * died are free again once no other reads blocks in them. Pages that have long been free it gives
 * back to the system. Thread-safe by its own lock, a leaf.
 */
public final class RegionTable {
  /** Regions of this share of the arena, if that is within the bounds. */
  private static final int SHARE = 32;

  private static final long LEAST_BYTES = 16L << 20;

  private static final long MOST_BYTES = 64L << 20;

  /** Fair: who has pages removed takes it again and again. */
  private final ReentrantLock lock = new ReentrantLock(true);

  private final ArenaPages pages;
  private final FreeSpace space;
  private final long begin;
  private final long size;
  private final long usual;

  /** The numbers of the steps that each process has. */
  private final Map<String, BitSet> owned = new HashMap<>();

  /** Of processes that have died: who may still read what they wrote. */
  private final Map<String, Set<String>> readers = new HashMap<>();

  private final Consumer<String> forgotten;

  /**
   * All of the file's room is free.
   *
   * @param forgotten is told of each process that has died and is not read any more
   */
  public RegionTable(ArenaFile file, Consumer<String> forgotten) {
    this.begin = file.begin();
    long end = file.end();
    this.pages = file.pages();
    this.forgotten = forgotten;
    this.size = end - begin;
    space = new FreeSpace(begin, end - begin);
    usual =
        Math.clamp((end - begin) / SHARE, LEAST_BYTES, MOST_BYTES)
            / ArenaFile.STEP_BYTES
            * ArenaFile.STEP_BYTES;
  }

  /** A region with room for so many bytes; null if there is none. */
  public Region grant(String owner, long bytes) {
    lock.lock();
    try {
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
      owned
          .computeIfAbsent(owner, _ -> new BitSet())
          .set(ArenaFile.step(offset), ArenaFile.step(offset + length));
      return new Region(offset, length);
    } finally {
      lock.unlock();
    }
  }

  /** A process has no use any more for steps of its regions; ignored if they are not its own. */
  public void giveBack(String owner, Region region) {
    lock.lock();
    try {
      BitSet steps = owned.get(owner);
      boolean isThere =
          steps != null
              && region.offset() >= 0
              && region.length() > 0
              && region.length() <= size
              && region.offset() <= size;
      if (!isThere) {
        return;
      }
      int first = ArenaFile.step(region.offset());
      int end = ArenaFile.step(region.end());
      boolean isOwn = region.equals(region(first, end)) && steps.nextClearBit(first) >= end;
      if (isOwn) {
        steps.clear(first, end);
        space.give(region.offset(), region.length());
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * A process has died.
   *
   * @param others those that may read what it wrote
   */
  public void died(String process, Collection<String> others) {
    lock.lock();
    try {
      readers.values().forEach(each -> each.remove(process));
      Set<String> remaining = new HashSet<>(others);
      remaining.remove(process);
      readers.put(process, remaining);
      takeBack();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A process reads what one has written; if that has died, for as long as it does not say else.
   */
  public void reads(String reader, String home) {
    lock.lock();
    try {
      Set<String> left = readers.get(home);
      if (left != null) {
        left.add(reader);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A process reads nothing any more of what one wrote that has died. */
  public void unread(String reader, String dead) {
    lock.lock();
    try {
      Set<String> left = readers.get(dead);
      if (left != null) {
        left.remove(reader);
        takeBack();
      }
    } finally {
      lock.unlock();
    }
  }

  private void takeBack() {
    Iterator<Map.Entry<String, Set<String>>> all = readers.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, Set<String>> each = all.next();
      if (each.getValue().isEmpty()) {
        all.remove();
        forgotten.accept(each.getKey());
        BitSet steps = owned.remove(each.getKey());
        for (int first = 0; steps != null && (first = steps.nextSetBit(first)) >= 0; ) {
          int end = steps.nextClearBit(first);
          space.give(region(first, end).offset(), region(first, end).length());
          first = end;
        }
      }
    }
  }

  /**
   * Time has gone by.
   *
   * @return whether there are pages that nobody has had since the time before the last, and that
   *     the system takes back
   */
  public boolean markFree() {
    lock.lock();
    try {
      space.mark();
      return pages.areRemovable() && space.old().stream().anyMatch(pages::has);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives those pages back to the system, a step at a time: others wait for one at most.
   *
   * @return how many bytes; fewer than there are if the system refuses
   */
  public long removePages() {
    long removed = 0;
    while (removeStep()) {
      removed += ArenaFile.STEP_BYTES;
    }
    return removed;
  }

  private boolean removeStep() {
    lock.lock();
    try {
      OptionalInt step = space.old().stream().filter(pages::has).findFirst();
      return step.isPresent() && pages.remove(step.getAsInt());
    } finally {
      lock.unlock();
    }
  }

  private static Region region(int first, int end) {
    return new Region(first * ArenaFile.STEP_BYTES, (end - first) * ArenaFile.STEP_BYTES);
  }

  /** How many bytes there are. */
  public long size() {
    return size;
  }

  /** How many bytes have pages, whoever has them. */
  public long backed() {
    return IntStream.range(ArenaFile.step(begin), ArenaFile.step(begin + size))
            .filter(pages::has)
            .count()
        * ArenaFile.STEP_BYTES;
  }

  /** How many bytes no process has. */
  public long free() {
    lock.lock();
    try {
      return space.free();
    } finally {
      lock.unlock();
    }
  }
}
