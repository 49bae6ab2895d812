package org.rayshell.runtime.store.arena;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.function.Consumer;
import org.rayshell.ObjectStoreFullException;

/**
 * Where a process writes large values: into its regions of the arena, and what these have no room
 * for into files. If there is no room left, garbage is collected, then what was not used for
 * longest goes to files. Thread-safe; nothing is called under a lock.
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

    /** Whole steps of regions that are used no more. */
    void giveBack(Region region);

    /**
     * Something is free that was not: a while from now there may be something for {@link
     * BlockStore#giveBackOld}.
     */
    void freed();

    /** A block, whose keeper has told of it so often, is not read here any more. */
    void release(BlockAddress block, int times);

    /** Nothing is read here any more of what a process wrote that has died. */
    void unread(String home);
  }

  private static final int ALIGNMENT = 64;

  /** What is written to files at once, at least: the next ones want room, too. */
  private static final long SPILL_BYTES = 64L << 20;

  private final String name;
  private final ArenaFile file;
  private final SpillFolder folder;
  private final Port port;
  private final Spaces spaces = new Spaces();
  private final Collector collector;
  private final BlockTable table;

  /**
   * No blocks yet.
   *
   * @param name of this process
   */
  public BlockStore(String name, ArenaFile file, SpillFolder folder, Cleaner cleaner, Port port) {
    this.name = name;
    this.file = file;
    this.folder = folder;
    this.port = port;
    this.table = new BlockTable(name, this, file, cleaner, port, new Uses());
    this.collector = new Collector(spaces::used, table::dropGarbage);
  }

  private final class Uses implements BlockTable.Listener {
    @Override
    public void freed(Extent extent) {
      switch (extent) {
        case Extent.InArena arena -> free(arena.place);
        case Extent.InFile gone -> SpillFolder.delete(gone.path);
        case Extent.Foreign others -> throw new IllegalArgumentException(others.home);
      }
    }

    @Override
    public void arrived(int bytes) {
      collector.arrived(bytes);
    }
  }

  /** Who has which blocks. */
  public BlockTable table() {
    return table;
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
    try {
      return store(size, length, lead, writer, false);
    } catch (ObjectStoreFullException _) {
      // Garbage may be all that is in the way.
      return store(size, length, lead, writer, true);
    }
  }

  private Block store(
      int size, long length, long lead, Consumer<MemorySegment> writer, boolean collects) {
    IOException full = null;
    try {
      Spaces.Place place = table.isClosed() ? null : place(length, collects);
      if (place != null) {
        return write(place, size, lead, writer);
      }
    } catch (IOException e) {
      // The machine has no memory left for it, whatever the arena's size.
      full = e;
    } catch (IllegalStateException e) {
      // The session ended in the middle.
      if (!table.isClosed()) {
        throw e;
      }
    }
    return table.isClosed() ? null : writeFile(size, lead, writer, full);
  }

  private Spaces.Place place(long length, boolean collects) {
    Spaces.Place place = spaces.take(length);
    if (place == null && length <= file.end() - file.begin()) {
      place = more(length, Effort.NONE);
      if (place == null && (collects || collector.isWorthwhile())) {
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
      file.pages().back(place.begin(), place.length());
      MemorySegment bytes = file.slice(offset, size);
      writer.accept(bytes);
      Block block = table.add(new Extent.InArena(name, place, offset, size, bytes.asReadOnly()));
      written = true;
      return block;
    } finally {
      if (!written) {
        free(place);
      }
    }
  }

  /** What the arena has no room for. */
  private Block writeFile(int size, long lead, Consumer<MemorySegment> writer, IOException full) {
    long number = folder.next();
    try {
      Extent.InFile extent =
          new Extent.InFile(name, number, size, folder.reserve(number, lead + size));
      try {
        writer.accept(SpillFolder.map(extent.path, size, true));
      } catch (RuntimeException | Error e) {
        SpillFolder.delete(extent.path);
        throw e;
      }
      return table.add(extent);
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
              + " roomier RayOptions.objectSpillingDirectory");
    }
  }

  private void free(Spaces.Place place) {
    spaces.give(place);
    giveBackUnused(1);
    port.freed();
  }

  private void giveBackUnused(int kept) {
    if (!table.isClosed()) {
      spaces.takeUnused(kept).forEach(port::giveBack);
    }
  }

  /**
   * Gives back the steps in which nothing has been since the call before the last.
   *
   * @param kept how many bytes of these that have pages stay with this process
   */
  public void giveBackOld(long kept) {
    if (!table.isClosed()) {
      spaces.takeOld(kept, file.pages()::has).forEach(port::giveBack);
    }
  }

  /**
   * Makes room for others: has garbage collected, and writes to files what is not in use, if that
   * is wanted. Regions without any block are the driver's again. May take long.
   */
  public void makeRoom(long bytes, boolean spill) {
    if (!spill || collector.isWorthwhile()) {
      collector.collect();
    }
    if (spill) {
      spill(bytes);
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
      for (long at = 0; at < region.length() && !table.isClosed(); at += ArenaFile.STEP_BYTES) {
        file.pages().back(region.offset() + at, ArenaFile.STEP_BYTES);
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
    for (Block.Holding each : table.unused()) {
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

  /** Returns how many bytes are free for that. */
  private long spill(Block.Holding holding) throws IOException {
    Extent extent = table.beginSpill(holding);
    if (extent == null) {
      return 0;
    }
    long number = folder.next();
    Extent.InFile copy = null;
    boolean moved = false;
    try {
      copy =
          new Extent.InFile(
              name,
              number,
              extent.size,
              folder.write(number, (int) (extent.at % ALIGNMENT), extent.bytes));
    } finally {
      moved = table.endSpill(holding, extent, copy);
      table.letGo(extent);
    }
    if (!moved) {
      SpillFolder.delete(copy.path);
    }
    return moved ? extent.size : 0;
  }

  /** A thread begins to read the block. */
  MemorySegment begin(Block block) {
    Extent extent = table.begin(block);
    boolean begun = false;
    try {
      MemorySegment bytes = bytes(extent);
      begun = true;
      return bytes;
    } finally {
      if (!begun) {
        table.end(block);
      }
    }
  }

  private MemorySegment bytes(Extent extent) {
    if (extent.bytes != null) {
      return extent.bytes;
    }
    try {
      return SpillFolder.map(folder.file(extent.home, -extent.at), extent.size, false);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "a spilled value cannot be read: file=" + folder.file(extent.home, -extent.at), e);
    }
  }

  /** See {@link Block#view}. */
  MemorySegment view(Block block) {
    Extent extent = table.hold(block);
    boolean made = false;
    try {
      MemorySegment view = extent.bytes == null ? bytes(extent) : file.view(extent.at, extent.size);
      // All that is made of the segment has its scope.
      table.holdWith(view.scope(), extent);
      made = true;
      return view;
    } finally {
      if (!made) {
        table.letGo(extent);
      }
    }
  }

  /** How many bytes of the arena this process's blocks take. */
  public long used() {
    return spaces.used();
  }

  @Override
  public void close() throws IOException {
    table.close();
    file.close();
  }
}
