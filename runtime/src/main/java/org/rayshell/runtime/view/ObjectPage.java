package org.rayshell.runtime.view;

import java.util.List;

/**
 * The objects that the driver owns and has refs of, the latest first; immutable.
 *
 * @param dropped how many older ones are not listed
 */
public record ObjectPage(List<ObjectInfo> objects, long dropped) {
  /** No objects. */
  public static final ObjectPage NONE = new ObjectPage(List.of(), 0);
}
