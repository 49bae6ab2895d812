package org.rayshell.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.rayshell.runtime.store.arena.ArenaFile;
import org.rayshell.runtime.store.arena.BlockAddress;
import org.rayshell.runtime.store.arena.BlockStore.Effort;
import org.rayshell.runtime.store.arena.Region;
import org.rayshell.runtime.store.arena.RegionTable;
import org.rayshell.runtime.store.arena.SpillFolder;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Peers;
import org.rayshell.runtime.wire.ProtocolException;

/** The driver's: makes the arena, shares it out, and keeps what it or others pass on. */
final class DriverArena extends ProcessArena implements AutoCloseable {
  /**
   * Room that has pages before it is wanted, and keeps them, if that is no more than a quarter of
   * the arena.
   */
  private static final long PREPARED_BYTES = 128L << 20;

  private static final long PREPARE_AFTER_NS = 1_000_000_000L;

  /** Between two looks for pages that nobody has, and had at the last. */
  private static final long REMOVE_NS = 5_000_000_000L;

  private static final Effort[] EFFORTS = Effort.values();

  private final RegionTable regions;
  private final Supplier<List<String>> workers;
  private final Ageing pages = ageing(REMOVE_NS, this::removePages);

  /** The loop's: who has still to make room, by request, and what then. */
  private final Map<Long, Set<String>> awaited = new HashMap<>();

  private final Map<Long, Runnable> thens = new HashMap<>();

  /** The loop's: what those who wrote blocks are asked to keep for this process. */
  private final Map<Long, Pin> pins = new HashMap<>();

  private long lastRequest;

  /** A question of a worker. */
  private record Pin(String from, long request, BlockAddress block, String reader) {}

  private DriverArena(
      ProcessRuntime runtime, ArenaFile file, SpillFolder folder, Supplier<List<String>> workers) {
    super(runtime, file, folder);
    this.workers = workers;
    this.regions =
        new RegionTable(
            file,
            dead -> {
              folder.deleteOf(dead);
              pages.freed();
            });
  }

  /**
   * An arena of that size; null if there is none to be had, which is logged.
   *
   * @param spilled where values go that it has no room for
   * @param workers those that are connected; called on the loop
   */
  static DriverArena create(
      ProcessRuntime runtime,
      Path session,
      Path spilled,
      long bytes,
      Supplier<List<String>> workers,
      Consumer<String> log) {
    try {
      return new DriverArena(
          runtime,
          ArenaFile.create(session, bytes, log),
          new SpillFolder(spilled, Peers.DRIVER),
          workers);
    } catch (IOException | RuntimeException e) {
      log.accept("large values go through sockets, since they cannot be shared: " + e.getMessage());
      return null;
    }
  }

  /** Gives pages to memory a while from now, when nobody waits for a first result. On the loop. */
  void prepare() {
    runtime.loop.schedule(
        PREPARE_AFTER_NS, () -> start("rayshell-prepare", () -> blocks.prepare(keptBytes())));
  }

  @Override
  long keptBytes() {
    return Math.min(PREPARED_BYTES, regions.size() / 4);
  }

  /** How many bytes of the arena have pages. */
  long backedBytes() {
    return regions.backed();
  }

  private void start(String name, Runnable work) {
    Thread.ofPlatform()
        .group(runtime.loop.threadGroup())
        .inheritInheritableThreadLocals(false)
        .name(name)
        .priority(Thread.MIN_PRIORITY)
        .daemon()
        .start(work);
  }

  /** On the loop, which does not wait for the system. */
  private void removePages() {
    if (regions.markFree()) {
      start("rayshell-remove-pages", regions::removePages);
    }
  }

  @Override
  void received(String from, Message.OfArena message) throws ProtocolException {
    switch (message) {
      case Message.RequestRegion(long request, long bytes, int effort) -> {
        if (effort < 0 || effort >= EFFORTS.length) {
          throw new ProtocolException("no such effort: " + message);
        }
        request(
            from,
            bytes,
            EFFORTS[effort],
            region ->
                runtime.toPeer(
                    from,
                    region == null
                        ? new Message.RegionGranted(request, 0, 0)
                        : new Message.RegionGranted(request, region.offset(), region.length())));
      }
      case Message.RoomMade(long request) -> roomMade(request, from);
      case Message.ReturnRegion(long offset, long length) ->
          giveBack(from, new Region(offset, length));
      case Message.UnreadBlocks(String home) -> regions.unread(from, home);
      case Message.PinBlock(long request, BlockAddress block, String reader) ->
          pin(new Pin(from, request, block, reader));
      case Message.BlockPinned(long request, boolean there) -> {
        Pin pin = pins.remove(request);
        if (pin != null) {
          pinned(pin, there);
        }
      }
      default -> super.received(from, message);
    }
  }

  /** Gives a region or null to the consumer, on the loop. */
  private void request(String to, long bytes, Effort effort, Consumer<Region> then) {
    Region region = regions.grant(to, bytes);
    if (region != null || effort == Effort.NONE) {
      then.accept(region);
      return;
    }
    long request = ++lastRequest;
    Set<String> others = new HashSet<>(workers.get());
    others.add(Peers.DRIVER);
    others.remove(to);
    awaited.put(request, others);
    thens.put(
        request,
        () -> {
          boolean isThere = to.equals(Peers.DRIVER) || workers.get().contains(to);
          then.accept(isThere ? regions.grant(to, bytes) : null);
        });
    boolean spill = effort == Effort.SPILL;
    for (String each : List.copyOf(others)) {
      if (each.equals(Peers.DRIVER)) {
        makeRoom(request, bytes, spill, () -> roomMade(request, Peers.DRIVER));
      } else if (!runtime.toPeer(each, new Message.MakeRoom(request, bytes, spill))) {
        others.remove(each);
      }
    }
    roomMade(request, to);
  }

  private void roomMade(long request, String by) {
    Set<String> left = awaited.get(request);
    if (left != null) {
      left.remove(by);
      if (left.isEmpty()) {
        awaited.remove(request);
        thens.remove(request).run();
      }
    }
  }

  /** A worker is about to pass on what another process wrote. */
  private void pin(Pin pin) {
    BlockAddress block = pin.block;
    if (blocks.table().pin(block.home(), block.at(), pin.reader)) {
      runtime.toPeer(pin.from, new Message.BorrowerAdded(pin.request));
      return;
    }
    long request = ++lastRequest;
    pins.put(request, pin);
    if (!runtime.toPeer(block.home(), new Message.PinBlock(request, block, Peers.DRIVER))) {
      pins.remove(request);
      pinned(pin, false);
    }
  }

  /** What a dead process wrote stays, too: who asks reads it until it has the answer. */
  private void pinned(Pin pin, boolean byHome) {
    String home = pin.block.home();
    if (!byHome) {
      regions.reads(Peers.DRIVER, home);
    }
    blocks.table().arrived(new BlockAddress(home, home, pin.block.at(), pin.block.size()));
    if (!byHome && !workers.get().contains(home)) {
      blocks.table().died(home);
    }
    blocks.table().pin(home, pin.block.at(), pin.reader);
    runtime.toPeer(pin.from, new Message.BorrowerAdded(pin.request));
  }

  /** The connection to a worker has ended. On the loop. */
  void lost(String worker) {
    List.copyOf(awaited.keySet()).forEach(request -> roomMade(request, worker));
    for (Map.Entry<Long, Pin> each : List.copyOf(pins.entrySet())) {
      if (each.getValue().block.home().equals(worker)) {
        pins.remove(each.getKey());
        pinned(each.getValue(), false);
      }
    }
  }

  /** A worker has died. On the loop. */
  void died(String worker) {
    List<String> others = new ArrayList<>(workers.get());
    others.add(Peers.DRIVER);
    regions.died(worker, others);
  }

  @Override
  public Region more(long bytes, Effort effort) {
    if (effort == Effort.NONE) {
      return regions.grant(Peers.DRIVER, bytes);
    }
    CompletableFuture<Region> answer = new CompletableFuture<>();
    runtime.loop.execute(() -> {
      if (runtime.owner.endReason() == null) {
        request(Peers.DRIVER, bytes, effort, answer::complete);
      } else {
        answer.complete(null);
      }
    });
    return answer.join();
  }

  @Override
  public void giveBack(Region region) {
    giveBack(Peers.DRIVER, region);
  }

  private void giveBack(String owner, Region region) {
    regions.giveBack(owner, region);
    pages.freed();
  }

  @Override
  public void unread(String home) {
    regions.unread(Peers.DRIVER, home);
  }

  /** Nobody waits for room any more. On the loop. */
  void end() {
    List.copyOf(thens.values()).forEach(Runnable::run);
    thens.clear();
    awaited.clear();
    pins.clear();
  }

  @Override
  public void close() {
    try {
      blocks.close();
    } catch (IOException | IllegalStateException _) {
      // Somebody uses it just now: it goes with the process, and the rest of the session now.
    }
  }
}
