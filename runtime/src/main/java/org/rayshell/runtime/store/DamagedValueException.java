package org.rayshell.runtime.store;

import org.rayshell.RayException;

/** Bytes that no codec wrote, or whose classes are not there. */
final class DamagedValueException extends RayException {
  private static final long serialVersionUID = 1L;

  DamagedValueException(String problem) {
    super("cannot decode a value: " + problem);
  }

  DamagedValueException(String problem, Throwable cause) {
    super("cannot decode a value: " + problem, cause);
  }
}
