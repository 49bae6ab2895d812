package org.rayshell.kernel.channel;

import java.util.List;
import org.zeromq.ZMQ;

/**
 * A message on its way into a socket. When there is no memory for a frame, the next try goes on
 * with that frame. For the router thread.
 */
final class Outgoing {
  private final List<byte[]> frames;
  private int next;

  Outgoing(List<byte[]> frames) {
    this.frames = frames;
  }

  /** Whether the socket took it; it refuses all of a message or nothing. */
  boolean send(ZMQ.Socket socket) {
    while (next < frames.size()) {
      int more = next < frames.size() - 1 ? ZMQ.SNDMORE : 0;
      // The mark is looked at by the first frame; the others of the message always fit.
      if (!socket.send(frames.get(next), next == 0 ? more | ZMQ.DONTWAIT : more)) {
        return next > 0;
      }
      next++;
    }
    return true;
  }
}
