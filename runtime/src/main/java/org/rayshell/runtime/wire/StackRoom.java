package org.rayshell.runtime.wire;

/**
 * Whether the calling thread has stack enough left to do the loop's work: an overflow in the middle
 * of that would leave the loop's state half changed.
 */
final class StackRoom {
  /** Frames of some 100 bytes each, compiled; several times that, interpreted. */
  private static final int FRAMES = 600;

  private StackRoom() {}

  /** Goes down a good deal and comes back; takes a microsecond. */
  static boolean isThere() {
    try {
      return down(FRAMES, 1, 2, 3) != 0;
    } catch (StackOverflowError _) {
      return false;
    }
  }

  private static long down(int frames, long a, long b, long c) {
    return frames == 0 ? a | b | c | 1 : down(frames - 1, b + 1, c + a, a) | a | b | c | 1;
  }
}
