package org.rayshell.runtime.view;

/** Why an object whose task may well have ended in order has no value, or none any more. */
public enum Loss {
  /** {@code Ray.free} let the value go. */
  FREED,
  /** The process that kept the value died, and the value cannot be made again. */
  LOST,
  /** The process that owned the object died. */
  OWNER_DIED,
  /** The session ended before the value was there. */
  SESSION_ENDED
}
