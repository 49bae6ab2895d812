package org.rayshell.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.rayshell.runtime.store.arena.ArenaFile;
import org.rayshell.runtime.store.arena.BlockAddress;
import org.rayshell.runtime.store.arena.BlockStore;
import org.rayshell.runtime.store.arena.Region;
import org.rayshell.runtime.store.arena.SpillFolder;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Peers;
import org.rayshell.runtime.wire.ProtocolException;
import org.rayshell.runtime.worker.SessionDirectory;

/** A worker's: gets its regions from the driver. */
final class WorkerArena extends ProcessArena {
  /** The loop's. */
  private final Map<Long, CompletableFuture<Region>> requests = new HashMap<>();

  private long lastRequest;

  private WorkerArena(ProcessRuntime runtime, ArenaFile file, SpillFolder folder) {
    super(runtime, file, folder);
  }

  /** The session's arena; null if it has none. */
  static WorkerArena open(ProcessRuntime runtime, Path session) throws IOException {
    ArenaFile file = ArenaFile.open(session);
    return file == null
        ? null
        : new WorkerArena(
            runtime,
            file,
            new SpillFolder(SessionDirectory.spilled(session), runtime.owner.name()));
  }

  @Override
  void received(String from, Message.OfArena message) throws ProtocolException {
    switch (message) {
      case Message.RegionGranted(long request, long offset, long length) -> {
        CompletableFuture<Region> asked = requests.remove(request);
        if (asked == null) {
          throw new ProtocolException("nobody has asked for it: " + message);
        }
        asked.complete(length == 0 ? null : new Region(offset, length));
      }
      case Message.PinBlock(long request, BlockAddress block, String reader) -> {
        boolean there = blocks.table().pin(block.home(), block.at(), reader);
        send(from, new Message.BlockPinned(request, there));
      }
      default -> super.received(from, message);
    }
  }

  @Override
  public Region more(long bytes, BlockStore.Effort effort) {
    CompletableFuture<Region> answer = new CompletableFuture<>();
    runtime.loop.execute(() -> {
      requests.put(++lastRequest, answer);
      runtime.toPeer(Peers.DRIVER, new Message.RequestRegion(lastRequest, bytes, effort.ordinal()));
    });
    return answer.join();
  }

  /** What is free for long others may have. */
  @Override
  long keptBytes() {
    return 0;
  }

  @Override
  public void giveBack(Region region) {
    send(Peers.DRIVER, new Message.ReturnRegion(region.offset(), region.length()));
  }

  @Override
  public void unread(String home) {
    send(Peers.DRIVER, new Message.UnreadBlocks(home));
  }
}
