package org.rayshell.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.rayshell.runtime.store.arena.ArenaFile;
import org.rayshell.runtime.store.arena.Region;
import org.rayshell.runtime.store.arena.RegionTable;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Peers;
import org.rayshell.runtime.wire.ProtocolException;

/** The driver's: makes the arena and shares it out. */
final class DriverArena extends ProcessArena implements AutoCloseable {
  private static final long COLLECT_EVERY_NS = 500_000_000L;

  private final RegionTable regions;
  private final Supplier<List<String>> workers;

  /** The loop's. */
  private long collected = System.nanoTime() - COLLECT_EVERY_NS;

  private DriverArena(ProcessRuntime runtime, ArenaFile file, Supplier<List<String>> workers) {
    super(runtime, file);
    this.workers = workers;
    this.regions = new RegionTable(file);
  }

  /**
   * An arena of that size; null if there is none to be had, which is logged.
   *
   * @param workers those that are connected; called on the loop
   */
  static DriverArena create(
      ProcessRuntime runtime,
      Path session,
      long bytes,
      Supplier<List<String>> workers,
      Consumer<String> log) {
    try {
      return new DriverArena(runtime, ArenaFile.create(session, bytes), workers);
    } catch (IOException | RuntimeException e) {
      log.accept("large values are copied, since they cannot be shared: " + e.getMessage());
      return null;
    }
  }

  @Override
  void received(String from, Message.OfArena message) throws ProtocolException {
    switch (message) {
      case Message.RequestRegion(long request, long bytes) -> {
        Region region = regions.grant(from, bytes);
        if (region == null) {
          haveCollected();
        }
        runtime.toPeer(
            from,
            region == null
                ? new Message.RegionGranted(request, 0, 0)
                : new Message.RegionGranted(request, region.offset(), region.length()));
      }
      case Message.ReturnRegion(long offset) -> regions.giveBack(from, offset);
      case Message.UnreadBlocks(String home) -> regions.unread(from, home);
      case Message.ReleaseBlock _, Message.RegionGranted _, Message.CollectBlocks _ ->
          super.received(from, message);
    }
  }

  /** A worker has died. On the loop. */
  void died(String worker) {
    List<String> others = new ArrayList<>(workers.get());
    others.add(Peers.DRIVER);
    regions.died(worker, others);
  }

  @Override
  public Region more(long bytes) {
    Region region = regions.grant(Peers.DRIVER, bytes);
    if (region == null) {
      runtime.loop.execute(this::haveCollected);
    }
    return region;
  }

  /** What is full now is less so for who comes next. */
  private void haveCollected() {
    long now = System.nanoTime();
    if (now - collected > COLLECT_EVERY_NS) {
      collected = now;
      workers.get().forEach(each -> runtime.toPeer(each, new Message.CollectBlocks()));
    }
  }

  @Override
  public void giveBack(Region region) {
    regions.giveBack(Peers.DRIVER, region.offset());
  }

  @Override
  public void unread(String home) {
    regions.unread(Peers.DRIVER, home);
  }

  @Override
  public void close() {
    try {
      blocks.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
