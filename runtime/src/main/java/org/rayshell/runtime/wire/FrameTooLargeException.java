package org.rayshell.runtime.wire;

/** A message does not fit a frame; nothing of it was sent. */
public final class FrameTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FrameTooLargeException(long bytes) {
    super(
        "too large to send: values of at most "
            + Frame.MAX_BYTES
            + " bytes (2 GB) travel in one piece; split it: bytes="
            + bytes);
  }
}
