package org.rayshell.runtime;

import java.util.HashSet;
import java.util.Set;
import org.rayshell.runtime.store.arena.ArenaFile;
import org.rayshell.runtime.store.arena.Block;
import org.rayshell.runtime.store.arena.BlockAddress;
import org.rayshell.runtime.store.arena.BlockStore;
import org.rayshell.runtime.store.arena.SpillFolder;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.ProtocolException;

/** The arena as a process of a session uses it. Thread-safe, but for what belongs to the loop. */
abstract class ProcessArena implements BlockStore.Port {
  /** Between two looks for what is free and has been at the last. */
  private static final long LOOK_NS = 2_000_000_000L;

  final ProcessRuntime runtime;
  final BlockStore blocks;
  private final Ageing free;

  /** Requests for room that are being worked on; the loop's. */
  private final Set<Long> making = new HashSet<>();

  ProcessArena(ProcessRuntime runtime, ArenaFile file, SpillFolder folder) {
    this.runtime = runtime;
    this.blocks = new BlockStore(runtime.owner.name(), file, folder, ProcessRuntime.CLEANER, this);
    this.free = ageing(LOOK_NS, () -> blocks.giveBackOld(keptBytes()));
  }

  /** Looks on the loop, until the session ends. */
  Ageing ageing(long periodNs, Runnable look) {
    return new Ageing(
        runtime.loop,
        command -> runtime.loop.execute(() -> runtime.unlessEnded(command)),
        periodNs,
        look);
  }

  /** How many bytes that are not in use stay ready in this process. */
  abstract long keptBytes();

  /** A message about it. On the loop. */
  void received(String from, Message.OfArena message) throws ProtocolException {
    switch (message) {
      case Message.ReleaseBlock(String home, long at, int times) ->
          blocks.table().released(from, home, at, times);
      case Message.MakeRoom(long request, long bytes, boolean spill) ->
          makeRoom(request, bytes, spill, () -> send(from, new Message.RoomMade(request)));
      default -> throw new ProtocolException("not for this process: " + message);
    }
  }

  /** On a thread of its own: the loop goes on meanwhile. */
  void makeRoom(long request, long bytes, boolean spill, Runnable then) {
    if (!making.add(request)) {
      return;
    }
    Thread.ofPlatform()
        .group(runtime.loop.threadGroup())
        .inheritInheritableThreadLocals(false)
        .name("rayshell-make-room")
        .daemon()
        .start(() -> {
          try {
            blocks.makeRoom(bytes, spill);
          } finally {
            runtime.loop.execute(() -> {
              making.remove(request);
              then.run();
            });
          }
        });
  }

  /** A value that another process wrote. On the loop. */
  Block arrived(BlockAddress address) throws ProtocolException {
    try {
      return blocks.table().arrived(address);
    } catch (IllegalArgumentException e) {
      throw new ProtocolException(e.getMessage());
    }
  }

  @Override
  public void freed() {
    free.freed();
  }

  @Override
  public void release(BlockAddress block, int times) {
    send(block.keeper(), new Message.ReleaseBlock(block.home(), block.at(), times));
  }

  void send(String to, Message message) {
    runtime.loop.execute(() -> {
      if (runtime.owner.endReason() == null) {
        runtime.toPeer(to, message);
      }
    });
  }
}
