package org.rayshell.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.rayshell.RayException;

/**
 * How many tasks of this process have not ended. Who submits more than the heap has room for waits,
 * instead of filling it, until a quarter of them has ended. Thread-safe: its own lock, a leaf.
 */
final class Backlog {
  /** What a pending task may take of the heap, with all that is known of it. */
  private static final int BYTES = 1024;

  /** The part of the heap that pending tasks may take. */
  private static final int PART = 4;

  private static final int LEAST = 20_000;

  private static final int FEW = 16;

  private final int most;

  /** Those that the loop does not know of yet. */
  private final AtomicInteger handedOver = new AtomicInteger();

  private volatile int known;
  private volatile boolean waited;
  private volatile boolean ended;

  /** For the heap of this process. */
  Backlog() {
    this(Math.clamp(Runtime.getRuntime().maxMemory() / PART / BYTES, LEAST, 1 << 30));
  }

  /** For so many tasks. */
  Backlog(int most) {
    this.most = most;
  }

  /**
   * Waits for room for one more; the calling thread submits it then.
   *
   * @param waits told that the thread begins to wait; what it returns is run at the end
   * @throws RayException if the thread is interrupted; its flag stays set
   */
  void enter(Supplier<Runnable> waits) {
    if (size() >= most && !ended) {
      Runnable over = waits.get();
      try {
        await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RayException(
            "interrupted before the task was submitted: so many have not ended that the next one"
                + " had to wait: pending="
                + size(),
            e);
      } finally {
        over.run();
      }
    }
    handedOver.incrementAndGet();
  }

  /** Whether so few have not ended that the next one may well start at once. */
  boolean isShort() {
    return size() <= FEW;
  }

  /** How many have not ended. */
  int size() {
    return handedOver.get() + known;
  }

  private synchronized void await() throws InterruptedException {
    waited = true;
    while (size() > most / 4 * 3 && !ended) {
      wait();
    }
  }

  /** The loop has taken one over; on the loop. */
  void taken() {
    handedOver.decrementAndGet();
  }

  /** So many have not ended; on the loop. */
  void known(int count) {
    known = count;
    if (waited && size() <= most / 4 * 3) {
      letGo();
    }
  }

  /** Nobody waits any more. */
  void end() {
    ended = true;
    letGo();
  }

  private synchronized void letGo() {
    waited = false;
    notifyAll();
  }
}
