package org.rayshell.kernel.channel;

import java.util.List;
import org.rayshell.kernel.wire.MalformedMessageException;
import org.zeromq.ZMQ;
import zmq.Msg;

/** How large a front end's message may be: an eighth of the heap, within bounds. */
final class MessageSize {
  private static final long LEAST = 16L << 20;
  private static final long LARGEST = 512L << 20;

  /** In bytes, of all frames together. */
  static final long MOST = Math.clamp(Runtime.getRuntime().maxMemory() / 8, LEAST, LARGEST);

  // Who sends a larger frame is disconnected before there is memory for it.
  private static final long LARGEST_FRAME = 2 * MOST;

  private MessageSize() {}

  /** Bounds what the socket, which is yet to be bound, takes into memory. */
  static void bound(ZMQ.Socket socket) {
    socket.setMaxMsgSize(LARGEST_FRAME);
    // The size of a frame is a peer's word, and JeroMQ takes a negative one for small.
    socket.setMsgAllocator(size -> new Msg(size < 0 || size > LARGEST_FRAME ? 0 : size));
  }

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
