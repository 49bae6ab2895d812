package org.rayshell.kernel.comm;

import io.github.spencerpark.jupyter.kernel.comm.CommManager;

/**
 * What cells talk to front ends by, beside their output: its static method is imported into every
 * notebook. Thread-safe.
 */
public final class Comms {
  private static volatile SessionComms offered;

  private Comms() {}

  /**
   * The kernel's comms: {@code comms().registerTarget("name", …)} for what a front end opens,
   * {@code comms().openComm("name", …)} to open one there.
   *
   * @throws IllegalStateException outside of a kernel
   */
  public static CommManager comms() {
    CommManager manager = offered;
    if (manager == null) {
      throw new IllegalStateException("there are no comms: this is no cell of a notebook");
    }
    return manager;
  }

  /** The same for the kernel's own widgets; null outside of a kernel. */
  public static SessionComms session() {
    return offered;
  }

  /** For the kernel: what cells are given from now on; null at its end. */
  public static void offer(SessionComms manager) {
    offered = manager;
  }
}
