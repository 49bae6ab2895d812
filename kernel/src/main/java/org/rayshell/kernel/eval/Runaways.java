package org.rayshell.kernel.eval;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The threads of this JVM that are to end: those of cells that are being stopped, and those that
 * stopped cells have left running. Their next woven check throws. What was left running is watched,
 * and interrupted more and more seldom, until it ends; only then do checks cost nothing again.
 * Thread-safe: one lock, which no user code runs under.
 */
final class Runaways {
  private static final long FIRST_AGAIN_MS = 50;
  private static final long LAST_AGAIN_MS = 5_000;

  private static final Object LOCK = new Object();
  private static final Set<StopSignal> STOPPED = new HashSet<>();
  private static final Map<Thread, Left> LEFT = new ConcurrentHashMap<>();
  private static volatile boolean looking;
  private static boolean watching;

  private Runaways() {}

  /**
   * A thread that was left running.
   *
   * @param ends whether it ends with its work, so that it may be interrupted
   * @param told runs when it has ended
   */
  private record Left(boolean ends, Runnable told) {}

  /** What woven checks run while anything is stopped. */
  static void check() {
    Thread thread = Thread.currentThread();
    if (LEFT.containsKey(thread)
        || StopSignal.holdsHere()
        || (ThreadWork.isShared(thread) && sharedHolds())) {
      if (thread.isVirtual() && thread.getUncaughtExceptionHandler() == thread.getThreadGroup()) {
        // Platform threads of cells have a group of ours, which does the same.
        thread.setUncaughtExceptionHandler(Runaways::ended);
      }
      throw new CellStoppedError();
    }
  }

  private static void ended(Thread thread, Throwable thrown) {
    if (!(thrown instanceof CellStoppedError)) {
      thread.getThreadGroup().uncaughtException(thread, thrown);
    }
  }

  private static boolean sharedHolds() {
    synchronized (LOCK) {
      return !STOPPED.isEmpty();
    }
  }

  /** The cell's threads, and the shared ones, are to end. */
  static void stop(StopSignal cell) {
    synchronized (LOCK) {
      STOPPED.add(cell);
      look();
    }
  }

  /** A cell begins: those that were stopped before and have ended stop no more threads. */
  static void settle() {
    if (!looking) {
      return;
    }
    synchronized (LOCK) {
      STOPPED.removeIf(StopSignal::release);
      LEFT.entrySet().removeIf(each -> !each.getValue().ends && isOver(each.getKey()));
      look();
    }
  }

  /** A thread was left running: it is to end at its next check, until then it is interrupted. */
  static void leaveRunner(Thread thread, Runnable told) {
    leave(thread, new Left(true, told));
  }

  /** A thread was left running that a cell started or all cells share; it is to end its task. */
  static void leaveHelper(Thread thread) {
    leave(thread, new Left(false, () -> {}));
  }

  private static void leave(Thread thread, Left left) {
    synchronized (LOCK) {
      LEFT.put(thread, left);
      look();
      if (!watching) {
        watching = true;
        Thread.ofPlatform()
            .daemon()
            .name("rayshell-runaways")
            .inheritInheritableThreadLocals(false)
            .start(Runaways::watch);
      }
    }
  }

  /** The calling thread ends; if it was left running, that is told. */
  static void runnerEnded() {
    Left left;
    synchronized (LOCK) {
      left = LEFT.remove(Thread.currentThread());
      look();
    }
    if (left != null) {
      left.told.run();
    }
  }

  /** Whether the thread is known as left running. */
  static boolean isLeft(Thread thread) {
    return LEFT.containsKey(thread);
  }

  private static void look() {
    boolean any = !STOPPED.isEmpty() || !LEFT.isEmpty();
    if (any != looking) {
      looking = any;
      StopCheck.look(any);
    }
  }

  private static void watch() {
    long pause = FIRST_AGAIN_MS;
    while (true) {
      Set<Runnable> tell = new HashSet<>();
      boolean last;
      synchronized (LOCK) {
        try {
          LOCK.wait(pause);
        } catch (InterruptedException e) {
          // Nobody is to; the threads are looked at a little sooner.
        }
        LEFT.entrySet()
            .removeIf(each -> {
              boolean over = isOver(each.getKey(), each.getValue());
              if (over) {
                tell.add(each.getValue().told);
              }
              return over;
            });
        look();
        last = LEFT.isEmpty();
        watching = !last;
      }
      tell.forEach(Runnable::run);
      if (last) {
        return;
      }
      pause = Math.min(2 * pause, LAST_AGAIN_MS);
    }
  }

  private static boolean isOver(Thread thread, Left left) {
    if (left.ends) {
      thread.interrupt();
      return !thread.isAlive();
    }
    return isOver(thread);
  }

  /** Whether a thread has ended, or its task there. */
  private static boolean isOver(Thread helper) {
    return ThreadWork.isShared(helper)
        ? !ThreadWork.runsCell(helper.getStackTrace())
        : !ThreadWork.runsOn(helper);
  }
}
