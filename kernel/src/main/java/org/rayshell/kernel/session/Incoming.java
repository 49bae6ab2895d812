package org.rayshell.kernel.session;

import org.rayshell.kernel.channel.Channel;
import org.rayshell.kernel.wire.Message;

/** A message that waits for its turn, and the channel on which its answer goes back. */
record Incoming(Channel channel, Message message) {}
