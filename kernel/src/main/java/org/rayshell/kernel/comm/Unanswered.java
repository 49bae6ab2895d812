package org.rayshell.kernel.comm;

import io.github.spencerpark.jupyter.channels.ReplyEnvironment;
import io.github.spencerpark.jupyter.messages.ContentType;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.reply.ErrorReply;

/**
 * The environment in which basekernel's manager handles a comm's message here: it has no reply, and
 * its states are the session's affair.
 */
enum Unanswered implements ReplyEnvironment {
  INSTANCE;

  @Override
  public void publish(Message<?> message) {
    throw unexpected();
  }

  @Override
  public void reply(Message<?> message) {
    throw unexpected();
  }

  @Override
  public ReplyEnvironment defer() {
    return this;
  }

  @Override
  public void defer(Runnable action) {
    action.run();
  }

  @Override
  public void resolveDeferrals() {}

  @Override
  public <T extends ContentType<T>> void publish(T content) {
    throw unexpected();
  }

  @Override
  public <T extends ContentType<T>> void reply(T content) {
    throw unexpected();
  }

  @Override
  public void replyError(MessageType<?> type, ErrorReply error) {
    throw unexpected();
  }

  @Override
  public void setStatusBusy() {}

  @Override
  public void setStatusIdle() {}

  @Override
  public void setBusyDeferIdle() {}

  private static UnsupportedOperationException unexpected() {
    return new UnsupportedOperationException("messages of comms are published by the session");
  }
}
