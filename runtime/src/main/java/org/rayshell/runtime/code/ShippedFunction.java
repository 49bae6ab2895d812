package org.rayshell.runtime.code;

import org.rayshell.TaskOptions;
import org.rayshell.runtime.store.EncodedValue;

/**
 * What calls have in common that call the same in the same way; immutable.
 *
 * @param name what the tasks are shown as
 * @param export the code they need
 * @param target what is called, encoded, with the refs in what it captures; made by the shipper and
 *     read by {@link TaskCode}
 * @param options how they are run
 */
public record ShippedFunction(
    String name, Export export, EncodedValue target, TaskOptions options) {
  /** Larger targets are not kept for the next call. */
  private static final int MOST_KEPT_BYTES = 4 << 10;

  /**
   * Whether it may be kept for the next call. Refs that its target captures would keep their
   * objects.
   */
  public boolean isLasting() {
    return target.refs().isEmpty() && target.size() <= MOST_KEPT_BYTES;
  }
}
