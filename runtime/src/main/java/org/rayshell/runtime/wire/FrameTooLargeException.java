package org.rayshell.runtime.wire;

/** A message does not fit a frame; nothing of it was sent. */
public final class FrameTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Values of so many bytes in all fit a message, whatever else is in it. */
  public static final long SURELY_FITS = Frame.MAX_BYTES - (64L << 20);

  /**
   * Says that it does not fit.
   *
   * @param bytes how long it is
   */
  public FrameTooLargeException(long bytes) {
    super(
        "too large to send: values of at most "
            + Frame.MAX_BYTES
            + " bytes (2 GB) travel in one piece; split it: bytes="
            + bytes);
  }

  /** Says that this process has too little heap for it. */
  FrameTooLargeException(OutOfMemoryError cause) {
    super(
        "too large to send: it does not fit the heap: maxHeap=" + Runtime.getRuntime().maxMemory(),
        cause);
  }
}
