package org.rayshell.kernel.channel;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Heap that user code cannot fill, since it is taken: it is given up when there is no memory left,
 * so that the kernel can say so, and can compile the cell that frees some. Thread-safe.
 */
public final class HeapReserve {
  private static final int BYTES = (int) Math.min(8 << 20, Runtime.getRuntime().maxMemory() / 16);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private static volatile byte[] reserve;

  private HeapReserve() {}

  /** Takes the reserve, if there is none and memory for it and more. */
  public static void restore() {
    Runtime heap = Runtime.getRuntime();
    long free = heap.maxMemory() - heap.totalMemory() + heap.freeMemory();
    if (reserve != null || free < 4L * BYTES) {
      return;
    }
    try {
      reserve = new byte[BYTES];
    } catch (OutOfMemoryError _) {
      // Another thread was quicker; the next cell tries again.
    }
  }

  /** Gives the reserve up where the heap is full; nothing for any other throwable. */
  public static void release(Throwable thrown) {
    if (thrown instanceof OutOfMemoryError) {
      reserve = null;
    }
  }

  /** The same for a thread that the kernel cannot do without: a moment later it is to go on. */
  static void releaseAndPause(OutOfMemoryError full) {
    release(full);
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  /** The work, begun again as often as the heap is full; it must go on where it was. */
  static Runnable surviving(Runnable work) {
    return () -> {
      while (true) {
        try {
          work.run();
          return;
        } catch (OutOfMemoryError e) {
          releaseAndPause(e);
        }
      }
    };
  }
}
