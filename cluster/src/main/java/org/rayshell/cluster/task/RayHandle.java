package org.rayshell.cluster.task;

import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.RefAddress;
import org.rayshell.runtime.RefHandle;

/**
 * What a ref stands for in a worker of a cluster; immutable.
 *
 * @param address the object as the session names it
 * @param number which of the values of its task, from 1
 * @param at where it is
 */
record RayHandle(RefAddress address, int number, Located at) implements RefHandle {
  /** Where an object is; a task that runs again is elsewhere then. */
  interface Located {
    /** Where it is now. */
    RayHeld held();

    /** Runs its task again after its worker died; false if it has no try left. */
    default boolean again() {
      return false;
    }
  }

  @Override
  public ObjectId id() {
    return address.id();
  }

  @Override
  public String owner() {
    return address.owner();
  }
}
