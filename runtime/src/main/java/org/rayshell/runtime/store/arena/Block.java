package org.rayshell.runtime.store.arena;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.function.Function;

/**
 * One value's bytes outside of the heap: in the arena or, once that was full, in a file. As long as
 * this is reachable they are there and stay what they are. Thread-safe.
 */
public final class Block {
  /** Where a block is, and how it is used; guarded by the store. */
  static final class Holding extends Hold {
    /** How many threads read it just now. */
    int readers;

    /** Others were told of its place by this process, which is not where it was written. */
    boolean passedOn;

    /** When it was used last, in uses of the store. */
    long used;

    Holding(Block block, Extent extent) {
      super(block, extent);
    }
  }

  private final BlockStore store;
  private final int size;

  /** The latest view, while nobody else wants the room: the next one need not be mapped. */
  private volatile WeakReference<MemorySegment> view = new WeakReference<>(null);

  final Holding holding;

  Block(BlockStore store, Extent extent) {
    this.store = store;
    this.size = extent.size;
    this.holding = new Holding(this, extent);
  }

  /** How many bytes it has. */
  public int size() {
    return size;
  }

  /** Where it is, for another process, of which the store has been told that it reads it. */
  public BlockAddress address() {
    return store.table().address(this);
  }

  /** Whether it is in a file. */
  public boolean isSpilled() {
    return store.table().isSpilled(this);
  }

  /** Gives the reader the bytes, which stay where they are meanwhile. */
  public <T> T read(Function<MemorySegment, T> reader) {
    MemorySegment bytes = store.begin(this);
    try {
      return reader.apply(bytes);
    } finally {
      store.table().end(this);
      Reference.reachabilityFence(this);
    }
  }

  /**
   * The bytes from there on without a copy, for reading. They stay as long as the segment, or
   * anything made of it, is reachable.
   */
  public MemorySegment view(long from) {
    MemorySegment whole = view.get();
    if (whole == null) {
      try {
        whole = store.view(this);
      } finally {
        Reference.reachabilityFence(this);
      }
      view = new WeakReference<>(whole);
    }
    return whole.asSlice(from);
  }

  /** A copy of the first bytes, so many at most. */
  public byte[] copy(int most) {
    return read(bytes -> bytes.asSlice(0, Math.min(most, size)).toArray(ValueLayout.JAVA_BYTE));
  }
}
