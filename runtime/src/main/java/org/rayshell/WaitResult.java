package org.rayshell;

import java.util.List;

/**
 * What {@link Ray#wait} found; immutable.
 *
 * @param ready refs whose values (or errors) are there, in the order they were given
 * @param unready the others, in the order they were given
 */
public record WaitResult<T>(List<ObjectRef<T>> ready, List<ObjectRef<T>> unready) {
  /** Copies both lists. */
  public WaitResult {
    ready = List.copyOf(ready);
    unready = List.copyOf(unready);
  }
}
