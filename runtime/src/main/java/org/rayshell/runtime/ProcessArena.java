package org.rayshell.runtime;

import org.rayshell.runtime.store.arena.ArenaFile;
import org.rayshell.runtime.store.arena.Block;
import org.rayshell.runtime.store.arena.BlockStore;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.ProtocolException;

/** The arena as a process of a session uses it. Thread-safe, but for what belongs to the loop. */
abstract class ProcessArena implements BlockStore.Port {
  final ProcessRuntime runtime;
  final BlockStore blocks;

  ProcessArena(ProcessRuntime runtime, ArenaFile file) {
    this.runtime = runtime;
    this.blocks = new BlockStore(file, ProcessRuntime.CLEANER, this);
  }

  /** A message about it. On the loop. */
  void received(String from, Message.OfArena message) throws ProtocolException {
    if (message instanceof Message.ReleaseBlock(long offset, int times)) {
      blocks.released(from, offset, times);
    } else {
      throw new ProtocolException("not for this process: " + message);
    }
  }

  /** A value that another process wrote. On the loop. */
  Block arrived(String from, long offset, int size) throws ProtocolException {
    try {
      return blocks.arrived(from, offset, size);
    } catch (IllegalArgumentException e) {
      throw new ProtocolException(e.getMessage());
    }
  }

  @Override
  public void release(String home, long offset, int times) {
    send(home, new Message.ReleaseBlock(offset, times));
  }

  void send(String to, Message message) {
    runtime.loop.execute(() -> {
      if (runtime.owner.endReason() == null) {
        runtime.toPeer(to, message);
      }
    });
  }
}
