package org.rayshell.runtime;

import org.rayshell.RayContext;
import org.rayshell.RayException;
import org.rayshell.RayOptions;

/**
 * The runtime of this process: starts it, finds it, stops it. Thread-safe: one lock, held while a
 * runtime starts or stops.
 */
public final class Runtimes {
  private Runtimes() {}

  /** Starts a driver, or attaches to the one that runs if the options allow it. */
  public static RayContext init(RayOptions options) {
    throw new RayException("not built yet: options=" + options);
  }

  /** Whether a runtime is up. */
  public static boolean isInitialized() {
    return false;
  }

  /** The runtime, started with its defaults if there was none. */
  public static RayRuntime current() {
    throw new RayException("not built yet");
  }

  /** Stops the driver and its workers; nothing if there is none. */
  public static void shutdown() {}

  /** What a notebook adds to the drivers that are started from now on. */
  public static void install(DriverHooks hooks) {
    throw new RayException("not built yet: hooks=" + hooks);
  }
}
