package org.rayshell.runtime;

import org.rayshell.runtime.wire.ProtocolException;

/** Which memory the store of this process's session takes; a driver's. */
public final class StorePages {
  private StorePages() {}

  /** Whether it has no more pages than are kept ready. */
  public static boolean areReadyOnes() {
    return arena().backedBytes() <= arena().keptBytes();
  }

  /** How many bytes have pages. */
  public static long bytes() {
    return arena().backedBytes();
  }

  private static DriverArena arena() {
    try {
      return (DriverArena) ((DriverRuntime) Runtimes.current()).arena();
    } catch (ProtocolException e) {
      throw new IllegalStateException(e);
    }
  }
}
