package org.rayshell.kernel.channel;

import org.rayshell.kernel.wire.Message;

/** Takes what arrives, on the router thread: it must not block. */
public interface Inbox {
  /** A message whose signature is right. */
  void received(Channel channel, Message message);
}
