package org.rayshell.kernel.eval;

import java.util.ArrayList;
import java.util.List;

/** Idle threads for cells' work, the same ones again for the same callers. Thread-safe. */
final class CellThreads implements AutoCloseable {
  private final String name;
  private final List<CellThread> idle = new ArrayList<>();
  private int made;
  private boolean closed;

  /** No threads yet; their names are that one and a number. */
  CellThreads(String name) {
    this.name = name;
  }

  /** A thread for the calling one. */
  synchronized CellThread take() {
    for (CellThread each : idle) {
      if (each.serves(Thread.currentThread())) {
        idle.remove(each);
        return each;
      }
    }
    CellThread thread = new CellThread(name + "-" + ++made);
    thread.start();
    return thread;
  }

  /** The thread has done its work. */
  synchronized void give(CellThread thread) {
    if (closed) {
      thread.end();
    } else {
      idle.add(thread);
    }
  }

  /** Lets the idle threads end, and the others when they are given back. */
  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(CellThread::end);
    idle.clear();
  }
}
