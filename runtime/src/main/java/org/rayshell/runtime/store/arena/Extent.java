package org.rayshell.runtime.store.arena;

import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Bytes in the arena or in a file, and what keeps them there. All that changes is guarded by the
 * {@link BlockTable}.
 */
abstract sealed class Extent {
  /** The process that wrote them. */
  final String home;

  /** As in a {@link BlockAddress}. */
  final long at;

  final int size;

  /** The bytes; null if they are in a file. */
  final MemorySegment bytes;

  /** Other processes, and how often each was told of it by this one. */
  final Map<String, Integer> readers = new HashMap<>(2);

  /** The block itself, if that is reachable, its views, and who copies it just now. */
  int holds = 1;

  private Extent(String home, long at, int size, MemorySegment bytes) {
    this.home = home;
    this.at = at;
    this.size = size;
    this.bytes = bytes;
  }

  /** Whether nobody has any use for it. */
  boolean isUnread() {
    return holds == 0 && readers.isEmpty();
  }

  /** What this process wrote into a region of its own. */
  static final class InArena extends Extent {
    final Spaces.Place place;

    InArena(String home, Spaces.Place place, long at, int size, MemorySegment bytes) {
      super(home, at, size, bytes);
      this.place = place;
    }
  }

  /** What this process wrote to a file. */
  static final class InFile extends Extent {
    final Path path;

    InFile(String home, long number, int size, Path path) {
      super(home, -number, size, null);
      this.path = path;
    }
  }

  /** What another process wrote. */
  static final class Foreign extends Extent {
    final BlockAddress address;

    /** How often this process was told of it. */
    int times = 1;

    /** The latest block of it. */
    WeakReference<Object> block;

    Foreign(BlockAddress address, MemorySegment bytes) {
      super(address.home(), address.at(), address.size(), bytes);
      this.address = address;
    }

    /**
     * Whether it is kept by who wrote it, and for as long as nobody says otherwise if that dies.
     */
    boolean isKeptByHome() {
      return address.keeper().equals(home);
    }
  }
}
