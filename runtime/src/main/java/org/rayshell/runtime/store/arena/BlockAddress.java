package org.rayshell.runtime.store.arena;

/**
 * Where a block is, as processes tell one another. Immutable.
 *
 * @param keeper the process that is told when it is not read any more
 * @param home the process that wrote it
 * @param at its offset in the arena, or minus the number of the file of its home's
 * @param size how many bytes it has
 */
public record BlockAddress(String keeper, String home, long at, int size) {
  /** Whether it is in a file, and not in the arena. */
  boolean isFile() {
    return at < 0;
  }

  /** Its size follows from the rest. */
  @Override
  public boolean equals(Object other) {
    return other instanceof BlockAddress that
        && at == that.at
        && keeper.equals(that.keeper)
        && home.equals(that.home);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(at) * 31 + home.hashCode();
  }
}
