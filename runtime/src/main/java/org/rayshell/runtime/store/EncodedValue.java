package org.rayshell.runtime.store;

import java.util.List;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.store.arena.Block;

/**
 * A value as bytes, as {@link ValueCodec} makes and reads them; they are never changed. As long as
 * it is reachable, so are the refs in it: they keep their objects from being let go.
 *
 * @param heap tag and content; null if they are in the arena
 * @param block tag and content in the arena; null if they are on the heap
 * @param refs the refs that the value holds, and those in the code that it names
 */
public record EncodedValue(byte[] heap, Block block, List<ObjectRef<?>> refs) {
  /** A value on the heap. */
  public EncodedValue(byte[] bytes, List<ObjectRef<?>> refs) {
    this(bytes, null, refs);
  }

  /** A value on the heap, without refs. */
  public EncodedValue(byte[] bytes) {
    this(bytes, List.of());
  }

  /** Tag and content; a copy if they are in the arena. */
  public byte[] bytes() {
    return first(Integer.MAX_VALUE);
  }

  /** The first bytes, so many at least if there are so many. */
  byte[] first(int count) {
    return block == null ? heap : block.copy(count);
  }

  /** How many bytes the value takes. */
  public int size() {
    return block == null ? heap.length : block.size();
  }

  /** How many of its bytes go into a message. */
  public int sentBytes() {
    return block == null ? heap.length : 0;
  }
}
