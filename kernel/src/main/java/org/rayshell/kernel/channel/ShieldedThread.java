package org.rayshell.kernel.channel;

/**
 * A thread of the sockets, which no interrupt reaches: one in the middle of a socket's work would
 * close it for good, and user code can interrupt any thread of the JVM. It inherits no thread
 * locals.
 */
final class ShieldedThread extends Thread {
  ShieldedThread(String name, Runnable work) {
    super(null, work, name, 0, false);
  }

  /** Does nothing. */
  @Override
  public void interrupt() {}
}
