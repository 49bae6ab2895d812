package org.rayshell.runtime.owner;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.RefHandle;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.store.arena.Block;
import org.rayshell.runtime.store.arena.BlockTable;
import org.rayshell.runtime.wire.FrameTooLargeException;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.Peers;
import org.rayshell.runtime.wire.TaskNews;
import org.rayshell.runtime.wire.TaskUpdate;

/**
 * Sends messages to other processes, those with refs or blocks in them only when the refs' owners,
 * or who keeps the blocks, know of the process that they go to. Messages to one process keep their
 * order. Belongs to the loop.
 */
final class Outbox implements OwnerPort {
  /** A message that waits for owners' answers, or for such a one before it. */
  private static final class Held {
    final String to;
    final Message message;
    int missing;

    Held(String to, Message message) {
      this.to = to;
      this.message = message;
    }
  }

  private record Question(String owner, Held held) {}

  private final String name;
  private final OwnerPort port;
  private final Lent lent;
  private final Map<String, ArrayDeque<Held>> waiting = new HashMap<>();
  private final Map<Long, Question> questions = new HashMap<>();
  private long lastQuestion;

  /**
   * Nothing to send.
   *
   * @param name of this process
   */
  Outbox(String name, OwnerPort port, Lent lent) {
    this.name = name;
    this.port = port;
    this.lent = lent;
  }

  /**
   * Sends the message now, or when it may go.
   *
   * @return false if that process cannot be reached
   * @throws FrameTooLargeException if the message is too large; nothing is sent then
   */
  @Override
  public boolean toPeer(String to, Message message) {
    if (message instanceof Message.Carrier carrier
        && !to.equals(name)
        && (carrier.hasRefs() || carrier.hasBlocks())) {
      return sendContents(to, carrier);
    }
    return waiting.isEmpty() ? port.toPeer(to, message) : sendInOrder(new Held(to, message));
  }

  /** What could not be sent is not read there. */
  private boolean send(String to, Message message) {
    boolean sent = false;
    try {
      sent = port.toPeer(to, message);
      return sent;
    } finally {
      if (!sent && message instanceof Message.Carrier carrier && carrier.hasBlocks()) {
        for (EncodedValue value : carrier.values()) {
          if (value.block() != null) {
            port.blocks().unsent(value.block(), to);
          }
        }
      }
    }
  }

  private boolean sendContents(String to, Message.Carrier message) {
    Held held = new Held(to, message);
    // Found out now: when it may go, nobody waits for an exception.
    long bytes = message.values().stream().mapToLong(EncodedValue::sentBytes).sum();
    if (bytes > FrameTooLargeException.SURELY_FITS) {
      throw new FrameTooLargeException(bytes);
    }
    for (EncodedValue value : message.values()) {
      if (value.block() != null) {
        tell(value.block(), held);
      }
      for (ObjectRef<?> ref : value.refs()) {
        tell(ref.handle(), held);
      }
    }
    return sendInOrder(held);
  }

  /** Sees to it that the block stays for the process which it goes to. */
  private void tell(Block block, Held held) {
    if (port.blocks().sent(block, held.to)) {
      ask(Peers.DRIVER, held, question -> new Message.PinBlock(question, block.address(), held.to));
    }
  }

  /** Sees to it that the object's owner knows of the process which the ref goes to. */
  private void tell(RefHandle ref, Held held) {
    if (ref.owner().equals(name)) {
      lent.sent(ref.id(), name, held.to);
    } else if (!ref.owner().equals(held.to)) {
      ask(ref.owner(), held, question -> new Message.AddBorrower(question, ref.id(), held.to));
    }
  }

  private void ask(String process, Held held, LongFunction<Message> message) {
    long question = ++lastQuestion;
    if (port.toPeer(process, message.apply(question))) {
      questions.put(question, new Question(process, held));
      held.missing++;
    }
  }

  private boolean sendInOrder(Held held) {
    ArrayDeque<Held> before = waiting.get(held.to);
    if (before == null && held.missing == 0) {
      return send(held.to, held.message);
    }
    waiting.computeIfAbsent(held.to, _ -> new ArrayDeque<>()).add(held);
    return true;
  }

  /** The answer of an owner. */
  void received(Message.BorrowerAdded answer) {
    Question question = questions.remove(answer.request());
    if (question != null) {
      answered(question);
    }
  }

  private void answered(Question question) {
    if (--question.held.missing == 0) {
      sendWaiting(question.held.to);
    }
  }

  private void sendWaiting(String to) {
    ArrayDeque<Held> queue = waiting.get(to);
    while (queue != null && !queue.isEmpty() && queue.peek().missing == 0) {
      Message next = queue.remove().message;
      try {
        send(to, next);
      } catch (RuntimeException | Error e) {
        // Nobody is left to be told but that process: without the message it would wait for ever.
        port.toRaylet(new Message.PeerLost(to));
        throw e;
      }
    }
    if (queue != null && queue.isEmpty()) {
      waiting.remove(to);
    }
  }

  /** A process has died: it answers no more, and gets nothing any more. */
  void died(String process) {
    waiting.remove(process);
    for (Map.Entry<Long, Question> each : Map.copyOf(questions).entrySet()) {
      Question question = each.getValue();
      if (question.held.to.equals(process)) {
        questions.remove(each.getKey());
      } else if (question.owner.equals(process)) {
        questions.remove(each.getKey());
        answered(question);
      }
    }
  }

  /** Whether an answer of that process is awaited. */
  boolean asks(String process) {
    return questions.values().stream().anyMatch(each -> each.owner.equals(process));
  }

  /** Whether nothing waits. */
  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void clear() {
    waiting.clear();
    questions.clear();
  }

  @Override
  public void toRaylet(Message.ToRaylet message) {
    port.toRaylet(message);
  }

  @Override
  public void stored(Object held, long bytes) {
    port.stored(held, bytes);
  }

  @Override
  public void pending(int count) {
    port.pending(count);
  }

  @Override
  public void failed(List<ObjectState> results) {
    port.failed(results);
  }

  @Override
  public void report(TaskUpdate now, TaskNews kept) {
    port.report(now, kept);
  }

  @Override
  public void ready(TaskNews made) {
    port.ready(made);
  }

  @Override
  public void failed(TaskUpdate attempt, Outcome outcome) {
    port.failed(attempt, outcome);
  }

  @Override
  public BlockTable blocks() {
    return port.blocks();
  }

  @Override
  public boolean isConnected(String process) {
    return port.isConnected(process);
  }

  @Override
  public void whenCollected(Object held, Runnable action) {
    port.whenCollected(held, action);
  }
}
