package org.rayshell.runtime.store.arena;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;

/**
 * One value's bytes in the arena. As long as this is reachable they stay what they are: it is the
 * pin. Thread-safe, immutable.
 */
public final class Block {
  private final boolean own;
  private final long offset;
  private final MemorySegment bytes;

  Block(boolean own, long offset, MemorySegment bytes) {
    this.own = own;
    this.offset = offset;
    this.bytes = bytes.asReadOnly();
  }

  /** Whether this process wrote it: it alone may tell others of it. */
  public boolean isOwn() {
    return own;
  }

  /** Where it begins in the arena. */
  public long offset() {
    return offset;
  }

  /** How many bytes it has. */
  public int size() {
    return (int) bytes.byteSize();
  }

  /** The bytes; the caller holds this block for as long as it reads them. */
  public MemorySegment segment() {
    return bytes;
  }

  /** A copy of the first bytes, so many at most. */
  public byte[] copy(int most) {
    try {
      return bytes.asSlice(0, Math.min(most, size())).toArray(ValueLayout.JAVA_BYTE);
    } finally {
      Reference.reachabilityFence(this);
    }
  }
}
