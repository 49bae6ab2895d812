package org.rayshell.kernel.channel;

import org.rayshell.kernel.wire.Message;

/** Takes what arrives, on the router thread: it must not block. */
public interface Inbox {
  /** A message whose signature is right. */
  void received(Channel channel, Message message);

  /** A front end has begun to listen to that topic of iopub; the empty one is all. */
  void subscribed(String topic);
}
