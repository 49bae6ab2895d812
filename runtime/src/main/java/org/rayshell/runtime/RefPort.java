package org.rayshell.runtime;

import org.rayshell.ObjectRef;

/** How refs leave and enter this process inside values; the owner implements it. Thread-safe. */
public interface RefPort {
  /**
   * Called for each ref that is encoded: the owner must keep the object for borrowers from now on.
   */
  RefAddress lend(ObjectRef<?> ref);

  /** Called for each ref that is decoded. */
  ObjectRef<?> borrow(RefAddress address);
}
