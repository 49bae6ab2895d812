package org.rayshell.kernel.channel;

import java.util.List;
import org.rayshell.kernel.wire.MalformedMessageException;

/** How large a front end's message may be: an eighth of the heap, within bounds. */
final class MessageSize {
  private static final long LEAST = 16L << 20;
  private static final long LARGEST = 512L << 20;

  /** In bytes, of all frames together. */
  static final long MOST = Math.clamp(Runtime.getRuntime().maxMemory() / 8, LEAST, LARGEST);

  private MessageSize() {}

  /** Refuses what is too large before it is parsed, which takes several times its memory. */
  static void check(List<byte[]> frames) throws MalformedMessageException {
    long size = 0;
    for (byte[] frame : frames) {
      size += frame.length;
    }
    if (size > MOST) {
      throw new MalformedMessageException(
          "it is too large, more than "
              + MOST
              + " bytes; start the kernel with a larger heap, by -Xmx in its kernel.json");
    }
  }
}
