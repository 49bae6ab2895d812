package org.rayshell.kernel.channel;

/** The channels that carry signed messages. */
public enum Channel {
  /** Requests in order. */
  SHELL,
  /** Requests that do not wait behind shell's. */
  CONTROL,
  /** The kernel's questions to the person at the front end. */
  STDIN,
  /** What all front ends hear. */
  IOPUB
}
