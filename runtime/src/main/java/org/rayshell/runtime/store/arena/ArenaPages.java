package org.rayshell.runtime.store.arena;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * Which steps of the arena's file have pages: a byte each in its header, which all processes see.
 * Thread-safe, but that a step gets pages only by who has its region, and loses them only while
 * nobody has.
 */
final class ArenaPages {
  private static final byte[] ZEROS = new byte[64 << 10];

  private final RandomAccessFile file;
  private final MemorySegment memory;
  private final ByteBuffer header;
  private final int headerAt;
  private final PageRemoval removal;

  /** Held while pages are removed: the memory stays mapped meanwhile. */
  private final Object removing = new Object();

  /** Whether it is of no use to ask for pages to be removed; guarded by that. */
  private boolean refused;

  /**
   * Those of a file.
   *
   * @param headerAt where in the header the byte of the first step is
   */
  ArenaPages(
      RandomAccessFile file,
      MemorySegment memory,
      ByteBuffer header,
      int headerAt,
      PageRemoval removal) {
    this.file = file;
    this.memory = memory;
    this.header = header;
    this.headerAt = headerAt;
    this.removal = removal;
  }

  /** Whether the step of that number has pages. */
  boolean has(int step) {
    boolean has = header.get(headerAt + step) != 0;
    VarHandle.acquireFence();
    return has;
  }

  /**
   * Gives the bytes pages, if they have none. Without it, touching them where no memory is left
   * would be a fault of the process.
   *
   * @throws IOException if there is no memory left
   */
  void back(long offset, long length) throws IOException {
    int end = ArenaFile.step(ArenaFile.roundedUp(offset + length));
    for (int step = ArenaFile.step(offset); step < end; step++) {
      if (!has(step)) {
        back(step);
      }
    }
  }

  /** By one thread at a time: nobody may write zeros where another has begun to use the bytes. */
  private synchronized void back(int step) throws IOException {
    if (has(step)) {
      return;
    }
    // No channel: an interrupt would close it.
    file.seek(step * ArenaFile.STEP_BYTES);
    for (long left = ArenaFile.STEP_BYTES; left > 0; left -= ZEROS.length) {
      file.write(ZEROS);
    }
    VarHandle.releaseFence();
    header.put(headerAt + step, (byte) 1);
  }

  /** Whether pages can be given back, as far as is known. */
  boolean areRemovable() {
    synchronized (removing) {
      return !refused;
    }
  }

  /**
   * Gives the pages of a step back to the system, which takes about a millisecond.
   *
   * @return false if it refuses, or this is closed: there is no use in asking again
   */
  boolean remove(int step) {
    synchronized (removing) {
      if (!refused) {
        // First, and for good if it is refused: what is taken for backed must be; what is not gets
        // zeros once more.
        header.put(headerAt + step, (byte) 0);
        VarHandle.fullFence();
        refused =
            !removal.remove(memory.asSlice(step * ArenaFile.STEP_BYTES, ArenaFile.STEP_BYTES));
      }
      return !refused;
    }
  }

  /** None is removed from now on; waits for one that is just being removed. */
  void close() {
    synchronized (removing) {
      refused = true;
    }
  }
}
