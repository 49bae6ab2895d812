package org.rayshell.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.rayshell.runtime.store.arena.ArenaFile;
import org.rayshell.runtime.store.arena.Region;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Peers;
import org.rayshell.runtime.wire.ProtocolException;

/** A worker's: gets its regions from the driver. */
final class WorkerArena extends ProcessArena {
  /** The loop's. */
  private final Map<Long, CompletableFuture<Region>> requests = new HashMap<>();

  private long lastRequest;
  private boolean collecting;

  private WorkerArena(ProcessRuntime runtime, ArenaFile file) {
    super(runtime, file);
  }

  /** The session's arena; null if it has none. */
  static WorkerArena open(ProcessRuntime runtime, Path session) throws IOException {
    ArenaFile file = ArenaFile.open(session);
    return file == null ? null : new WorkerArena(runtime, file);
  }

  @Override
  void received(String from, Message.OfArena message) throws ProtocolException {
    if (message instanceof Message.RegionGranted(long request, long offset, long length)) {
      CompletableFuture<Region> asked = requests.remove(request);
      if (asked == null) {
        throw new ProtocolException("nobody has asked for it: " + message);
      }
      asked.complete(length == 0 ? null : new Region(offset, length));
    } else if (message instanceof Message.CollectBlocks) {
      collect();
    } else {
      super.received(from, message);
    }
  }

  /** On a thread of its own: the loop goes on meanwhile. One at a time. */
  private void collect() {
    if (!collecting) {
      collecting = true;
      Thread.ofPlatform()
          .name("rayshell-collect")
          .daemon()
          .start(() -> {
            blocks.collectAll();
            runtime.loop.execute(() -> collecting = false);
          });
    }
  }

  @Override
  public Region more(long bytes) {
    CompletableFuture<Region> answer = new CompletableFuture<>();
    runtime.loop.execute(() -> {
      requests.put(++lastRequest, answer);
      runtime.toPeer(Peers.DRIVER, new Message.RequestRegion(lastRequest, bytes));
    });
    return answer.join();
  }

  @Override
  public void giveBack(Region region) {
    send(Peers.DRIVER, new Message.ReturnRegion(region.offset()));
  }

  @Override
  public void unread(String home) {
    send(Peers.DRIVER, new Message.UnreadBlocks(home));
  }
}
