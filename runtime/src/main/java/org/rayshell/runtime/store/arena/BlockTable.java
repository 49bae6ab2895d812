package org.rayshell.runtime.store.arena;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rayshell.runtime.Waiting;

/**
 * Who has which blocks: those that this process wrote, with who else reads them, and those of
 * others that it reads. What nobody has, here or elsewhere, is let go. Thread-safe by its own lock,
 * under which nothing is called.
 */
public final class BlockTable {
  /** What becomes of blocks. Called under no lock. */
  interface Listener {
    /** What this process wrote is of no more use. */
    void freed(Extent extent);

    /** So many bytes of another process's are kept for this one. */
    void arrived(int bytes);
  }

  /** The name of the driver, which keeps what workers pass on. */
  private static final String DRIVER = "driver";

  private final String name;
  private final ArenaFile file;
  private final Cleaner cleaner;
  private final BlockStore.Port port;
  private final Listener listener;
  private final BlockStore store;
  private final Map<Long, Extent> own = new HashMap<>();
  private final Map<BlockAddress, Extent.Foreign> foreign = new HashMap<>();
  private final Map<String, Integer> read = new HashMap<>();
  private final Set<Hold> held = new HashSet<>();

  /** Processes that have died, and whose blocks are read here. */
  private final Set<String> dead = new HashSet<>();

  /** So many are being let go, which are no more among those held. */
  private int dropping;

  private long uses;
  private long spilled;
  private boolean closed;

  /** No blocks yet. */
  BlockTable(
      String name,
      BlockStore store,
      ArenaFile file,
      Cleaner cleaner,
      BlockStore.Port port,
      Listener listener) {
    this.name = name;
    this.store = store;
    this.file = file;
    this.cleaner = cleaner;
    this.port = port;
    this.listener = listener;
  }

  /** A block of what this process has written. */
  synchronized Block add(Extent extent) {
    own.put(extent.at, extent);
    spilled += extent instanceof Extent.InFile ? extent.size : 0;
    return block(extent);
  }

  private Block block(Extent extent) {
    Block block = new Block(store, extent);
    Block.Holding holding = block.holding;
    held.add(holding);
    holding.used = ++uses;
    cleaner.register(block, () -> dropped(holding));
    return block;
  }

  private void dropped(Hold hold) {
    Extent extent;
    synchronized (this) {
      if (!held.remove(hold)) {
        return;
      }
      extent = hold.extent;
      dropping++;
    }
    try {
      letGo(extent);
    } finally {
      synchronized (this) {
        dropping--;
        notifyAll();
      }
    }
  }

  /**
   * After a collection: the cleaner does the same, but may not have begun; what it has begun this
   * waits for.
   */
  void dropGarbage() {
    List<Hold> garbage;
    synchronized (this) {
      garbage = held.stream().filter(each -> each.holder.refersTo(null)).toList();
    }
    garbage.forEach(this::dropped);
    synchronized (this) {
      Waiting.uninterruptibly(this, () -> dropping > 0);
    }
  }

  /** One of those that held the extent does so no more. */
  void letGo(Extent extent) {
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
    if (extent instanceof Extent.Foreign others) {
      unread(others);
    } else {
      listener.freed(extent);
    }
  }

  /** A thread begins to read the block. */
  synchronized Extent begin(Block block) {
    block.holding.readers++;
    block.holding.used = ++uses;
    return block.holding.extent;
  }

  synchronized void end(Block block) {
    block.holding.readers--;
  }

  /** Somebody more holds what the block is, until {@link #letGo}. */
  synchronized Extent hold(Block block) {
    block.holding.used = ++uses;
    block.holding.extent.holds++;
    return block.holding.extent;
  }

  /** What was held so is let go when the object is garbage. */
  void holdWith(Object holder, Extent extent) {
    Hold hold = new Hold(holder, extent);
    synchronized (this) {
      held.add(hold);
    }
    cleaner.register(holder, () -> dropped(hold));
  }

  /** What is in nobody's use, in the order in which it goes to files. */
  synchronized List<Block.Holding> unused() {
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

  /** What is to be written to a file, held meanwhile; null if it is used by now. */
  synchronized Extent beginSpill(Block.Holding holding) {
    if (!held.contains(holding) || !isSpillable(holding)) {
      return null;
    }
    holding.extent.holds++;
    return holding.extent;
  }

  /**
   * The block is in the file from now on.
   *
   * @return whether it still was in nobody's use
   */
  synchronized boolean endSpill(Block.Holding holding, Extent from, Extent.InFile to) {
    from.holds--;
    boolean moved = to != null && !closed && held.contains(holding) && isSpillable(holding);
    from.holds++;
    if (moved) {
      own.put(to.at, to);
      spilled += to.size;
      holding.extent = to;
      from.holds--;
    }
    return moved;
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

  /** It was not told after all. */
  public void unsent(Block block, String to) {
    BlockAddress address = address(block);
    released(to, address.home(), address.at(), 1);
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
    listener.arrived(address.size());
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
    block = block(known);
    known.block = block.holding.holder;
    return block;
  }

  private void check(BlockAddress address) {
    boolean isThere =
        address.size() >= 0
            // A file's name begins with it.
            && address.home().indexOf('/') < 0
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
    return block(extent);
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

  /** How many bytes of this process's are in files. */
  synchronized long spilled() {
    return spilled;
  }

  /** Whether blocks of other processes are read here. */
  public synchronized boolean reads() {
    return !foreign.isEmpty();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  synchronized void close() {
    closed = true;
  }
}
