package org.rayshell.runtime.store.arena;

/** A part of the arena, of whole steps, in which one process alone allocates. Immutable. */
public record Region(long offset, long length) {
  /** Where the next one may begin. */
  long end() {
    return offset + length;
  }
}
