package org.rayshell.kernel.eval;

import java.util.concurrent.LinkedTransferQueue;

/**
 * A thread that runs the user code of cells, one after the other, so that what user code keeps in
 * thread locals lives on; and that can be left behind with code that does not end.
 */
final class CellThread extends Thread {
  // Deep recursion in cells is common in teaching; the stack is reserved, not used.
  private static final long STACK_BYTES = 64L << 20;
  private static final Runnable END = () -> {};
  private static final ThreadGroup GROUP = new Group();

  private final LinkedTransferQueue<Runnable> work = new LinkedTransferQueue<>();
  // Whose cells it runs: the thread that evaluates them.
  private volatile Thread owner;

  CellThread(String name) {
    super(GROUP, null, name, STACK_BYTES, false);
    setDaemon(true);
  }

  /**
   * Whether that thread may run cells here: its own ones were run here, or those of no one else.
   */
  boolean serves(Thread evaluating) {
    return owner == evaluating || owner == null || !owner.isAlive();
  }

  /** Whether the thread is that of a cell, or one of the platform's that cells have started. */
  static boolean startedByCells(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return group != null && GROUP.parentOf(group);
  }

  /** The work, which throws nothing, for the thread that calls. */
  void hand(Runnable next) {
    owner = Thread.currentThread();
    work.add(next);
  }

  /** Ends the thread after its work; returns at once. */
  void end() {
    work.add(END);
  }

  @Override
  public void run() {
    while (true) {
      try {
        Runnable next = work.take();
        if (next == END) {
          Runaways.runnerEnded();
          return;
        }
        next.run();
      } catch (InterruptedException e) {
        // Meant for code that has ended meanwhile.
      }
    }
  }

  /** The threads of cells, those that user code starts included. */
  private static final class Group extends ThreadGroup {
    Group() {
      super("cells");
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
      // That a thread of a stopped cell ends is as it should be.
      if (!(thrown instanceof CellStoppedError)) {
        super.uncaughtException(thread, thrown);
      }
    }
  }
}
