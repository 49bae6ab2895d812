package org.rayshell.runtime.view;

import jdk.jfr.FlightRecorder;

/**
 * Whether the Flight Recorder may want to hear of tasks. Apart from its events, since the JVM reads
 * the annotations of such a class, 50 ms of a session's first task, as soon as it is touched.
 * Thread-safe.
 */
public final class FlightEvents {
  private FlightEvents() {}

  /** Whether somebody has begun to record; costs one look at a flag. */
  public static boolean wanted() {
    return FlightRecorder.isInitialized();
  }
}
