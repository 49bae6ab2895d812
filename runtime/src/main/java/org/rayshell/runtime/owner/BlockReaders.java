package org.rayshell.runtime.owner;

import java.util.HashSet;
import java.util.Set;
import org.rayshell.runtime.store.arena.BlockTable;

/** Tells the blocks of this process which others have died. Belongs to the loop. */
final class BlockReaders {
  private final OwnerPort port;

  /** What they have sent before their end is still to be read. */
  private final Set<String> unfinished = new HashSet<>();

  BlockReaders(OwnerPort port) {
    this.port = port;
  }

  void died(String process) {
    BlockTable blocks = port.blocks();
    if (blocks == null) {
      return;
    }
    if (port.isConnected(process)) {
      unfinished.add(process);
    } else {
      blocks.died(process);
    }
  }

  /** The connection to a process has ended. */
  void lost(String process) {
    if (unfinished.remove(process)) {
      port.blocks().died(process);
    }
  }

  /** Whether it matters here how that process ended. */
  boolean concerns(String process) {
    BlockTable blocks = port.blocks();
    return blocks != null && blocks.concerns(process);
  }
}
