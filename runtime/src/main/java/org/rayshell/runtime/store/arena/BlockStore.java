package org.rayshell.runtime.store.arena;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.rayshell.ObjectStoreFullException;

/**
 * The blocks of one process: those that it wrote, with who else reads them, and those of others
 * that it reads. The room of a block is free again once nobody here or elsewhere has it. If there
 * is none left, garbage is collected, then what was not used for longest goes to files. Thread-safe
 * by its own lock, under which nothing is called but {@link Spaces}.
 */
public final class BlockStore implements AutoCloseable {
  /** How much others do so that a process gets a region. */
  public enum Effort {
    /** Nothing: what is free is free. */
    NONE,
    /** They collect their garbage. */
    COLLECT,
    /** They write what they do not use to files. */
    SPILL
  }

  /** How a process reaches the others. Called under no lock. */
  public interface Port {
    /** A region with room for so many bytes; null if there is none. May wait for the others. */
    Region more(long bytes, Effort effort);

    /** A region that is used no more. */
    void giveBack(Region region);

    /** A block, whose keeper has told of it so often, is not read here any more. */
    void release(BlockAddress block, int times);

    /** Nothing is read here any more of what a process wrote that has died. */
    void unread(String home);
  }

  /** The name of the driver, which keeps what the dead wrote. */
  private static final String DRIVER = "driver";

  private static final int ALIGNMENT = 64;

  /** What is written to files at once, at least: the next ones want room, too. */
  private static final long SPILL_BYTES = 64L << 20;

  private final String name;
  private final Cleaner cleaner;
  private final ArenaFile file;
  private final SpillFolder folder;
  private final Port port;
  private final Spaces spaces = new Spaces();
  private final Collector collector;
  private final Map<Long, Extent> own = new HashMap<>();
  private final Map<BlockAddress, Extent.Foreign> foreign = new HashMap<>();
  private final Map<String, Integer> read = new HashMap<>();
  private final Set<Hold> held = new HashSet<>();

  /** Processes that have died, and whose blocks are read here. */
  private final Set<String> dead = new HashSet<>();

  private long uses;
  private long spilled;
  private boolean closed;

  /**
   * No blocks yet.
   *
   * @param name of this process
   */
  public BlockStore(String name, ArenaFile file, SpillFolder folder, Cleaner cleaner, Port port) {
    this.name = name;
    this.file = file;
    this.folder = folder;
    this.cleaner = cleaner;
    this.port = port;
    this.collector = new Collector(spaces::used, this::dropGarbage);
  }

  /**
   * A new block; may wait for other processes, for a collection of garbage and for the disk.
   *
   * @param header how many bytes are to come before one that is aligned to 64
   * @param writer writes the bytes
   * @return null if the store is closed
   * @throws ObjectStoreFullException if there is room for it nowhere
   */
  public Block store(int size, int header, Consumer<MemorySegment> writer) {
    long lead = Math.floorMod(-header, ALIGNMENT);
    long length = (lead + size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    collector.beforeMore(length);
    IOException full = null;
    for (Spaces.Place place; !isClosed() && (place = place(length)) != null; ) {
      try {
        return write(place, size, lead, writer);
      } catch (IOException e) {
        // The machine has no memory left for it, whatever the arena's size.
        full = e;
        break;
      }
    }
    return isClosed() ? null : writeFile(size, writer, full);
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private Spaces.Place place(long length) {
    Spaces.Place place = spaces.take(length);
    if (place == null && length <= file.end() - file.begin()) {
      place = more(length, Effort.NONE);
      if (place == null && collector.isWorthwhile()) {
        collector.collect();
        place = spaces.take(length);
        if (place == null) {
          giveBackUnused(0);
          place = more(length, Effort.COLLECT);
        }
      }
      if (place == null) {
        spill(length);
        place = spaces.take(length);
      }
      if (place == null) {
        giveBackUnused(0);
        place = more(length, Effort.SPILL);
      }
    }
    return place;
  }

  private Spaces.Place more(long length, Effort effort) {
    Region region = port.more(length, effort);
    if (region == null) {
      return null;
    }
    spaces.add(region);
    return spaces.take(length);
  }

  private Block write(Spaces.Place place, int size, long lead, Consumer<MemorySegment> writer)
      throws IOException {
    long offset = place.begin() + lead;
    boolean written = false;
    try {
      file.back(place.begin(), place.length());
      MemorySegment bytes = file.slice(offset, size);
      writer.accept(bytes);
      Block block = hold(new Extent.InArena(name, place, offset, size, bytes.asReadOnly()));
      written = true;
      return block;
    } finally {
      if (!written) {
        free(place);
      }
    }
  }

  /** What the arena has no room for. */
  private Block writeFile(int size, Consumer<MemorySegment> writer, IOException full) {
    long number = folder.next();
    try {
      Extent.InFile extent = new Extent.InFile(name, number, size, folder.reserve(number, size));
      try {
        writer.accept(SpillFolder.map(extent.path, true));
      } catch (RuntimeException | Error e) {
        SpillFolder.delete(extent.path);
        throw e;
      }
      return hold(extent);
    } catch (IOException e) {
      SpillFolder.delete(folder.file(name, number));
      throw new ObjectStoreFullException(
          "the object store is full, and there is no room on the disk either: bytes="
              + size
              + ", objectStoreMemory="
              + (file.end() - file.begin())
              + ", ofThisProcess="
              + spaces.used()
              + ", spillDirectory="
              + folder.path()
              + ": "
              + (full == null ? "" : full.getMessage() + "; ")
              + e.getMessage()
              + "; let go of refs or use Ray.free, or give more by RayOptions.objectStoreMemory or a"
              + " roomier RayOptions.spillDirectory");
    }
  }

  private Block hold(Extent extent) {
    Block block = new Block(this, extent);
    synchronized (this) {
      own.put(extent.at, extent);
      spilled += extent instanceof Extent.InFile ? extent.size : 0;
      hold(block);
    }
    register(block);
    return block;
  }

  private void hold(Block block) {
    held.add(block.holding);
    block.holding.used = ++uses;
  }

  private void register(Block block) {
    Block.Holding holding = block.holding;
    cleaner.register(block, () -> dropped(holding));
  }

  private void dropped(Hold hold) {
    Extent extent;
    synchronized (this) {
      if (!held.remove(hold)) {
        return;
      }
      extent = hold.extent;
    }
    letGo(extent);
  }

  /** After a collection: the cleaner does the same, but there is no waiting for that. */
  private void dropGarbage() {
    List<Hold> garbage;
    synchronized (this) {
      garbage = held.stream().filter(each -> each.holder.refersTo(null)).toList();
    }
    garbage.forEach(this::dropped);
  }

  /** One of those that held the extent does so no more. */
  private void letGo(Extent extent) {
    synchronized (this) {
      if (--extent.holds > 0) {
        return;
      }
    }
    freeIfUnread(extent);
  }

  private void freeIfUnread(Extent extent) {
    synchronized (this) {
      if (!extent.isUnread()) {
        return;
      }
      boolean was =
          extent instanceof Extent.Foreign others
              ? foreign.remove(others.address, others)
              : own.remove(extent.at, extent);
      if (!was) {
        return;
      }
      spilled -= extent instanceof Extent.InFile ? extent.size : 0;
    }
    switch (extent) {
      case Extent.InArena arena -> free(arena.place);
      case Extent.InFile gone -> SpillFolder.delete(gone.path);
      case Extent.Foreign others -> unread(others);
    }
  }

  private void free(Spaces.Place place) {
    spaces.give(place);
    giveBackUnused(1);
  }

  private void giveBackUnused(int kept) {
    if (!isClosed()) {
      spaces.takeUnused(kept).forEach(port::giveBack);
    }
  }

  /**
   * Makes room for others: has garbage collected, and writes to files what is not in use, if that
   * is wanted. Regions without any block are the driver's again. May take long.
   */
  public void makeRoom(long bytes, boolean spill) {
    if (spill) {
      spill(bytes);
    } else {
      collector.collect();
    }
    giveBackUnused(0);
  }

  /** Takes a region before it is wanted, and gives it pages. */
  public void prepare(long bytes) {
    Region region = port.more(bytes, Effort.NONE);
    if (region == null) {
      return;
    }
    spaces.add(region);
    try {
      for (long at = 0; at < region.length() && !isClosed(); at += ArenaFile.STEP_BYTES) {
        file.back(region.offset() + at, ArenaFile.STEP_BYTES);
        file.slice(region.offset() + at, ArenaFile.STEP_BYTES).load();
        Thread.yield();
      }
    } catch (IOException | IllegalStateException _) {
      // No memory for it, or the session has ended: who wants to write finds the same.
    }
  }

  /**
   * Writes to files what was not used for longest and is in nobody's use, until so many bytes more
   * are free; what others wrote only if the rest is not enough.
   */
  private void spill(long bytes) {
    long left = Math.max(bytes, Math.min(SPILL_BYTES, (file.end() - file.begin()) / 8));
    for (Block.Holding each : unused()) {
      if (left <= 0) {
        return;
      }
      try {
        left -= spill(each);
      } catch (IOException _) {
        // Who wants the room hears of the full disk when there is none.
        return;
      }
    }
  }

  private synchronized List<Block.Holding> unused() {
    List<Block.Holding> found = new ArrayList<>();
    for (Hold each : held) {
      if (each instanceof Block.Holding block && isSpillable(block)) {
        found.add(block);
      }
    }
    found.sort(
        Comparator.comparing((Block.Holding each) -> each.extent instanceof Extent.Foreign)
            .thenComparingLong(each -> each.used));
    return found;
  }

  private static boolean isSpillable(Block.Holding each) {
    return each.readers == 0
        && each.extent.holds == 1
        && each.extent.bytes != null
        && each.extent.readers.isEmpty()
        && !each.passedOn;
  }

  /** Returns how many bytes are free for that. */
  private long spill(Block.Holding holding) throws IOException {
    Extent extent;
    synchronized (this) {
      extent = holding.extent;
      if (!held.contains(holding) || !isSpillable(holding)) {
        return 0;
      }
      // Nobody frees it while it is written.
      extent.holds++;
    }
    long number = folder.next();
    Extent.InFile copy = null;
    boolean moved = false;
    try {
      copy = new Extent.InFile(name, number, extent.size, folder.write(number, extent.bytes));
      synchronized (this) {
        extent.holds--;
        moved = !closed && held.contains(holding) && isSpillable(holding);
        extent.holds++;
        if (moved) {
          own.put(copy.at, copy);
          spilled += copy.size;
          holding.extent = copy;
          extent.holds--;
        }
      }
    } finally {
      if (!moved && copy != null) {
        SpillFolder.delete(copy.path);
      }
      letGo(extent);
    }
    return moved ? extent.size : 0;
  }

  /** A thread begins to read the block. */
  MemorySegment begin(Block block) {
    Extent extent;
    synchronized (this) {
      block.holding.readers++;
      block.holding.used = ++uses;
      extent = block.holding.extent;
    }
    boolean begun = false;
    try {
      MemorySegment bytes = bytes(extent);
      begun = true;
      return bytes;
    } finally {
      if (!begun) {
        end(block);
      }
    }
  }

  synchronized void end(Block block) {
    block.holding.readers--;
  }

  private MemorySegment bytes(Extent extent) {
    if (extent.bytes != null) {
      return extent.bytes;
    }
    try {
      MemorySegment all = SpillFolder.map(folder.file(extent.home, -extent.at), false);
      return all.asSlice(0, extent.size);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "a spilled value cannot be read: file=" + folder.file(extent.home, -extent.at), e);
    }
  }

  /** See {@link Block#view}. */
  MemorySegment view(Block block, long from) {
    Extent extent;
    synchronized (this) {
      block.holding.used = ++uses;
      extent = block.holding.extent;
      extent.holds++;
    }
    boolean made = false;
    try {
      MemorySegment view =
          extent.bytes == null
              ? bytes(extent).asSlice(from)
              : file.view(extent.at + from, extent.size - from);
      // All that is made of the segment has its scope.
      Hold hold = new Hold(view.scope(), extent);
      synchronized (this) {
        held.add(hold);
      }
      cleaner.register(view.scope(), () -> dropped(hold));
      made = true;
      return view;
    } finally {
      if (!made) {
        letGo(extent);
      }
    }
  }

  synchronized BlockAddress address(Block block) {
    Extent extent = block.holding.extent;
    String keeper = extent instanceof Extent.Foreign ? DRIVER : name;
    return new BlockAddress(keeper, extent.home, extent.at, extent.size);
  }

  synchronized boolean isSpilled(Block block) {
    return block.holding.extent.at < 0;
  }

  /**
   * Another process is about to be told of a block by this one. The driver may tell of all; a
   * worker of what another wrote only when the driver has said that it keeps that, too: so it stays
   * whoever dies meanwhile.
   *
   * @return whether the driver is to be asked first, by {@link #pin}
   */
  public synchronized boolean sent(Block block, String to) {
    Block.Holding holding = block.holding;
    holding.used = ++uses;
    if (holding.extent instanceof Extent.Foreign && !name.equals(DRIVER)) {
      holding.passedOn = true;
      return true;
    }
    holding.extent.readers.merge(to, 1, Integer::sum);
    return false;
  }

  /**
   * Another process is about to be told of a block by a third, and this one keeps it.
   *
   * @return whether it is there
   */
  public synchronized boolean pin(String home, long at, String reader) {
    Extent extent = find(home, at);
    if (extent == null) {
      return false;
    }
    extent.readers.merge(reader, 1, Integer::sum);
    return true;
  }

  private Extent find(String home, long at) {
    return home.equals(name) ? own.get(at) : foreign.get(new BlockAddress(home, home, at, 0));
  }

  /** Another process does not read a block any more of which it was told so often. */
  public void released(String reader, String home, long at, int times) {
    Extent extent;
    synchronized (this) {
      extent = find(home, at);
      if (extent == null) {
        return;
      }
      extent.readers.computeIfPresent(reader, (_, n) -> n > times ? n - times : null);
    }
    freeIfUnread(extent);
  }

  /**
   * A block of which another process has told.
   *
   * @throws IllegalArgumentException if it is not within the arena
   */
  public synchronized Block arrived(BlockAddress address) {
    check(address);
    collector.arrived(address.size());
    if (address.keeper().equals(name)) {
      return returned(address);
    }
    Extent.Foreign known = foreign.get(address);
    Block block = known == null ? null : (Block) known.block.get();
    if (block != null && block.holding.extent == known) {
      known.times++;
      return block;
    }
    if (known != null) {
      // Somebody keeps it, but no block of it is reachable.
      known.times++;
      known.holds++;
    } else {
      MemorySegment bytes =
          address.isFile() ? null : file.slice(address.at(), address.size()).asReadOnly();
      known = new Extent.Foreign(address, bytes);
      foreign.put(address, known);
      if (known.isKeptByHome()) {
        read.merge(known.home, 1, Integer::sum);
      }
    }
    block = new Block(this, known);
    known.block = block.holding.holder;
    hold(block);
    register(block);
    return block;
  }

  private void check(BlockAddress address) {
    boolean isThere =
        address.size() >= 0
            && (address.isFile()
                || address.at() >= file.begin() && address.at() <= file.end() - address.size());
    if (!isThere) {
      throw new IllegalArgumentException("a block is not within the object store: " + address);
    }
  }

  /** What this process keeps has come back to it. */
  private Block returned(BlockAddress address) {
    Extent extent = find(address.home(), address.at());
    if (extent == null) {
      throw new IllegalArgumentException("a block is not kept here: " + address);
    }
    extent.holds++;
    extent.readers.computeIfPresent(name, (_, n) -> n > 1 ? n - 1 : null);
    Block block = new Block(this, extent);
    hold(block);
    register(block);
    return block;
  }

  private void unread(Extent.Foreign extent) {
    boolean last = false;
    boolean isDead = false;
    synchronized (this) {
      if (extent.isKeptByHome()) {
        isDead = dead.contains(extent.home);
        last = read.merge(extent.home, -1, Integer::sum) == 0;
      }
      if (last) {
        read.remove(extent.home);
        dead.remove(extent.home);
      }
      if (closed) {
        return;
      }
    }
    if (!isDead) {
      port.release(extent.address, extent.times);
    } else if (last) {
      port.unread(extent.home);
    }
  }

  /** A process has died, and nothing can arrive from it any more. */
  public void died(String process) {
    List<Extent> left = new ArrayList<>();
    boolean nothing;
    synchronized (this) {
      for (var kept : List.of(own.values(), foreign.values())) {
        for (Extent each : kept) {
          if (each.readers.remove(process) != null && each.isUnread()) {
            left.add(each);
          }
        }
      }
      nothing = !read.containsKey(process);
      if (!nothing) {
        dead.add(process);
      }
    }
    left.forEach(this::freeIfUnread);
    if (nothing) {
      port.unread(process);
    }
  }

  /** Whether that process may read what this one keeps. */
  public synchronized boolean concerns(String process) {
    return own.values().stream().anyMatch(each -> each.readers.containsKey(process))
        || foreign.values().stream().anyMatch(each -> each.readers.containsKey(process));
  }

  /** How many bytes of the arena this process's blocks take. */
  public long used() {
    return spaces.used();
  }

  /** How many bytes of this process's are in files. */
  public synchronized long spilled() {
    return spilled;
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
