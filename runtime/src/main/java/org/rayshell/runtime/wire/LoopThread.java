package org.rayshell.runtime.wire;

/**
 * The thread of an {@link IoLoop}, which no interrupt reaches: one in the middle of a read would
 * close the channel for good, and a program or a task can interrupt any thread of its JVM.
 */
final class LoopThread extends Thread {
  LoopThread(String name, Runnable loop) {
    super(null, loop, name, 0, false);
    setDaemon(true);
  }

  /** Does nothing. */
  @Override
  public void interrupt() {}
}
