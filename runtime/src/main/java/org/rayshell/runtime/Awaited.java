package org.rayshell.runtime;

import java.util.List;
import org.rayshell.ObjectRef;

/**
 * What a thread of the driver waits for; the list is the caller's own.
 *
 * @param kind in which call
 * @param refs of what; empty for the next item of a stream and for room
 * @param count how many of them are enough
 * @param function whose stream; null if it is none
 */
public record Awaited(Kind kind, List<? extends ObjectRef<?>> refs, int count, String function) {
  /** The calls that wait. */
  public enum Kind {
    /** {@code Ray.get}: values. */
    GET,
    /** {@code Ray.wait}: values or failures. */
    WAIT,
    /** The next item of a stream. */
    ITEM,
    /** {@code .remote()}, when very many tasks have not ended: room for one more. */
    ROOM
  }

  static final Awaited ROOM = new Awaited(Kind.ROOM, List.of(), 0, null);
}
