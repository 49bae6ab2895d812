package org.rayshell.kernel.session;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.rayshell.kernel.channel.Channel;
import org.rayshell.kernel.wire.InputRequest;
import org.rayshell.kernel.wire.Message;

/** Questions to the person at the front end, one at a time. Thread-safe. */
final class Stdin {
  private record Question(Message request, String id, CompletableFuture<String> answer) {}

  private final Publisher publisher;
  private final ReentrantLock turn = new ReentrantLock(true);
  // Guarded by this.
  private Question asked;

  Stdin(Publisher publisher) {
    this.publisher = publisher;
  }

  /** Asks whoever sent the request and waits for the line. */
  String ask(RequestCell cell, String prompt, boolean password)
      throws IOException, InterruptedException {
    turn.lockInterruptibly();
    try {
      Question question;
      synchronized (this) {
        if (!cell.running()) {
          throw new IOException(cell.label() + " has ended: only a running cell can ask for input");
        }
        String id =
            publisher.send(Channel.STDIN, cell.request(), new InputRequest(prompt, password));
        question = new Question(cell.request(), id, new CompletableFuture<>());
        asked = question;
      }
      return question.answer().get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case InterruptedException interrupted -> throw interrupted;
        case IOException failed -> throw failed;
        default -> throw new IOException(e.getCause());
      }
    } finally {
      synchronized (this) {
        asked = null;
      }
      turn.unlock();
    }
  }

  /** An answer has come; dropped if nobody asked, or somebody else. */
  synchronized void answer(Message reply, String line) {
    if (asked != null && sameSender(asked.request(), reply) && isMeant(reply)) {
      asked.answer().complete(line);
    }
  }

  /** Whether the answer is to this question; an answer without a parent is to the latest. */
  private boolean isMeant(Message reply) {
    JsonElement id = reply.parent().get("msg_id");
    return id == null
        || id.equals(new JsonPrimitive(asked.id()))
        || id.equals(new JsonPrimitive(asked.request().header().id()));
  }

  private static boolean sameSender(Message request, Message reply) {
    return Arrays.deepEquals(
        request.identities().toArray(byte[][]::new), reply.identities().toArray(byte[][]::new));
  }

  /** Whoever waits is interrupted. */
  synchronized void interrupt() {
    if (asked != null) {
      asked.answer().completeExceptionally(new InterruptedException("interrupted"));
    }
  }

  /** The cell ends: who waits in a thread that it left behind gets no answer any more. */
  synchronized void end(RequestCell cell) {
    cell.stop();
    if (asked != null && asked.request() == cell.request()) {
      asked
          .answer()
          .completeExceptionally(new IOException(cell.label() + " has ended without an answer"));
    }
  }
}
