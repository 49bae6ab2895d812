package org.rayshell.runtime.store.arena;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The blocks of one process: those that it wrote, with who else reads them, and those of others
 * that it reads. A block is free again once nobody here or elsewhere has it. Thread-safe by its own
 * lock, under which nothing is called.
 */
public final class BlockStore implements AutoCloseable {
  /** How a process reaches the others. Called under no lock. */
  public interface Port {
    /** A region with room for so many bytes; null if there is none. May wait for the driver. */
    Region more(long bytes);

    /** A region that is used no more. */
    void giveBack(Region region);

    /** A block of that process, which had told of it so often, is not read here any more. */
    void release(String home, long offset, int times);

    /** Nothing is read here any more of what a process wrote that has died. */
    void unread(String home);
  }

  private static final int ALIGNMENT = 64;

  /** After so many new bytes, or as many as were left, garbage is collected before more. */
  private static final long COLLECT_BYTES = 256L << 20;

  private static final long COLLECT_MS = 1_000;

  /** So long after the last that was freed, no more is expected. */
  private static final long SETTLE_MS = 5;

  private record Space(Region region, FreeSpace free) {
    boolean isUnused() {
      return free.free() == region.length();
    }
  }

  private static final class Own {
    final Space space;
    final long begin;
    final long length;
    final Map<String, Integer> readers = new HashMap<>(2);
    boolean held = true;

    Own(Space space, long begin, long length) {
      this.space = space;
      this.begin = begin;
      this.length = length;
    }
  }

  private static final class Foreign {
    final String home;
    final long offset;
    int times = 1;
    WeakReference<Block> block;

    Foreign(String home, long offset) {
      this.home = home;
      this.offset = offset;
    }
  }

  private final Cleaner cleaner;
  private final ArenaFile file;
  private final Port port;
  private final List<Space> spaces = new ArrayList<>();
  private final Map<Long, Own> own = new HashMap<>();
  private final Map<Long, Foreign> foreign = new HashMap<>();
  private final Map<String, Integer> read = new HashMap<>();

  /** Processes that have died, and whose blocks are read here. */
  private final Set<String> dead = new HashSet<>();

  private long used;
  private long allocated;
  private long collectAt = COLLECT_BYTES;
  private boolean closed;

  /** No blocks yet. */
  public BlockStore(ArenaFile file, Cleaner cleaner, Port port) {
    this.file = file;
    this.cleaner = cleaner;
    this.port = port;
  }

  /**
   * A new block; may wait for the driver, or for a collection of garbage.
   *
   * @param header how many bytes are to come before one that is aligned to 64
   * @param writer writes the bytes
   * @return null if the arena is full
   */
  public Block store(int size, int header, Consumer<MemorySegment> writer) {
    long lead = Math.floorMod(-header, ALIGNMENT);
    long length = (lead + size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (isTimeToCollect(length)) {
      collect();
    }
    Own place = take(length);
    if (place == null && more(length)) {
      place = take(length);
    }
    if (place == null && isGarbageLikely()) {
      collect();
      place = take(length);
    }
    if (place == null) {
      giveBackUnused(0);
    }
    if (place == null && more(length)) {
      place = take(length);
    }
    if (place == null) {
      return null;
    }
    return write(place, size, lead, writer);
  }

  private Block write(Own place, int size, long lead, Consumer<MemorySegment> writer) {
    long offset = place.begin + lead;
    boolean written = false;
    try {
      file.back(place.begin, place.length);
      MemorySegment bytes = file.slice(offset, size);
      writer.accept(bytes);
      Block block = new Block(true, offset, bytes);
      synchronized (this) {
        own.put(offset, place);
      }
      cleaner.register(block, () -> dropped(offset, place));
      written = true;
      return block;
    } catch (IOException _) {
      // The machine has no memory left for it, whatever the arena's size.
      return null;
    } finally {
      if (!written) {
        synchronized (this) {
          own.remove(offset, place);
        }
        free(place);
      }
    }
  }

  private synchronized boolean isTimeToCollect(long length) {
    return allocated + length > collectAt;
  }

  /** Nothing new since the last collection: another would find as little. */
  private synchronized boolean isGarbageLikely() {
    return allocated > 0;
  }

  private synchronized Own take(long length) {
    for (Space space : spaces) {
      long begin = space.free.take(length);
      if (begin >= 0) {
        used += length;
        allocated += length;
        return new Own(space, begin, length);
      }
    }
    return null;
  }

  private boolean more(long length) {
    Region region = port.more(length);
    if (region == null) {
      return false;
    }
    synchronized (this) {
      spaces.add(new Space(region, new FreeSpace(region.offset(), region.length())));
    }
    return true;
  }

  /**
   * Has garbage collected, so that blocks which nobody has any more are free, and regions without
   * any the driver's again. May take long.
   */
  public void collectAll() {
    collect();
    giveBackUnused(0);
  }

  /** Values are small objects to the heap, which would not be collected for their sake. */
  private void collect() {
    CountDownLatch collected = new CountDownLatch(1);
    registerSentinel(collected);
    System.gc();
    boolean interrupted = false;
    try {
      collected.await(COLLECT_MS, TimeUnit.MILLISECONDS);
      awaitFrees();
    } catch (InterruptedException _) {
      interrupted = true;
    }
    synchronized (this) {
      allocated = 0;
      collectAt = Math.max(COLLECT_BYTES, used);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was collected is told in any order: more may be behind what was waited for. */
  private synchronized void awaitFrees() throws InterruptedException {
    for (long before = -1; before != used; ) {
      before = used;
      wait(SETTLE_MS);
    }
  }

  /** In a frame of its own, so that nothing holds the object. */
  private void registerSentinel(CountDownLatch collected) {
    cleaner.register(new Object(), collected::countDown);
  }

  private void dropped(long offset, Own place) {
    boolean unread;
    synchronized (this) {
      place.held = false;
      unread = place.readers.isEmpty() && own.remove(offset, place);
    }
    if (unread) {
      free(place);
    }
  }

  private void free(Own place) {
    synchronized (this) {
      place.space.free.give(place.begin, place.length);
      used -= place.length;
    }
    // One that is not used is kept: its pages are there.
    giveBackUnused(1);
  }

  private void giveBackUnused(int kept) {
    List<Region> back = new ArrayList<>();
    synchronized (this) {
      if (closed) {
        return;
      }
      List<Space> unused = spaces.stream().filter(Space::isUnused).toList();
      for (int i = kept; i < unused.size(); i++) {
        spaces.remove(unused.get(i));
        back.add(unused.get(i).region);
      }
    }
    back.forEach(port::giveBack);
  }

  /** Another process is about to be told of a block that this one wrote. */
  public synchronized void sent(Block block, String to) {
    own.get(block.offset()).readers.merge(to, 1, Integer::sum);
  }

  /** Another process does not read a block any more of which it was told so often. */
  public void released(String reader, long offset, int times) {
    Own place;
    synchronized (this) {
      place = own.get(offset);
      if (place == null) {
        return;
      }
      place.readers.computeIfPresent(reader, (_, n) -> n > times ? n - times : null);
      if (place.held || !place.readers.isEmpty()) {
        return;
      }
      own.remove(offset);
    }
    free(place);
  }

  /**
   * A block of another process, which that has told of.
   *
   * @throws IllegalArgumentException if it is not within the arena
   */
  public synchronized Block arrived(String home, long offset, int size) {
    if (size < 0 || offset < file.begin() || offset > file.end() - size) {
      throw new IllegalArgumentException(
          "a block is not within the object store: offset=" + offset + ", size=" + size);
    }
    Foreign known = foreign.get(offset);
    Block block = known == null ? null : known.block.get();
    if (block != null && block.size() == size) {
      known.times++;
      return block;
    }
    Block made = new Block(false, offset, file.slice(offset, size));
    Foreign entry = new Foreign(home, offset);
    entry.block = new WeakReference<>(made);
    foreign.put(offset, entry);
    read.merge(home, 1, Integer::sum);
    cleaner.register(made, () -> unread(entry));
    return made;
  }

  private void unread(Foreign entry) {
    boolean last;
    int times;
    synchronized (this) {
      foreign.remove(entry.offset, entry);
      times = entry.times;
      last = read.merge(entry.home, -1, Integer::sum) == 0;
      if (last) {
        read.remove(entry.home);
      }
      last = last && dead.remove(entry.home);
      if (closed) {
        return;
      }
    }
    if (last) {
      port.unread(entry.home);
    } else {
      port.release(entry.home, entry.offset, times);
    }
  }

  /** A process has died, and nothing can arrive from it any more. */
  public void died(String process) {
    List<Own> unread = new ArrayList<>();
    boolean nothing;
    synchronized (this) {
      own.values()
          .removeIf(each -> {
            boolean was = each.readers.remove(process) != null;
            return was && !each.held && each.readers.isEmpty() && unread.add(each);
          });
      nothing = !read.containsKey(process);
      if (!nothing) {
        dead.add(process);
      }
    }
    unread.forEach(this::free);
    if (nothing) {
      port.unread(process);
    }
  }

  /** Whether that process may read blocks of this one. */
  public synchronized boolean concerns(String process) {
    return own.values().stream().anyMatch(each -> each.readers.containsKey(process));
  }

  /** How many bytes of the arena this process's blocks take. */
  public synchronized long used() {
    return used;
  }

  /** Whether blocks of other processes are read here. */
  public synchronized boolean reads() {
    return !foreign.isEmpty();
  }

  @Override
  public void close() throws IOException {
    synchronized (this) {
      closed = true;
    }
    file.close();
  }
}
