package org.rayshell.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.rayshell.RayException;
import org.rayshell.runtime.wire.Connection;
import org.rayshell.runtime.wire.Message;

/** What this driver has asked its workers and was not yet answered. Belongs to the loop. */
final class Questions {
  /** Makes a question of its number. */
  interface Maker {
    Message.Question make(long request);
  }

  private record Open(String worker, CompletableFuture<Message.Answer> answer) {}

  private final Map<Long, Open> open = new HashMap<>();
  private long last;

  /** Asks. The answer fails if the worker ends. */
  void ask(String worker, Connection to, Maker maker, CompletableFuture<Message.Answer> answer) {
    long request = ++last;
    open.put(request, new Open(worker, answer));
    to.send(maker.make(request));
  }

  /** A worker has answered; nothing if nobody waits any more. */
  void answered(String worker, Message.Answer answer) {
    Open asked = open.get(answer.request());
    if (asked != null && asked.worker.equals(worker)) {
      open.remove(answer.request());
      asked.answer.complete(answer);
    }
  }

  /** A worker answers no more. */
  void lost(String worker) {
    List<Map.Entry<Long, Open>> its =
        open.entrySet().stream().filter(each -> each.getValue().worker.equals(worker)).toList();
    its.forEach(each -> open.remove(each.getKey()));
    its.forEach(each ->
        each.getValue()
            .answer
            .completeExceptionally(new RayException("the worker has ended: " + worker)));
  }

  /** Nobody waits any more for that answer. */
  void forget(CompletableFuture<Message.Answer> answer) {
    open.values().removeIf(each -> each.answer == answer);
  }

  /** The session ends. */
  void end(String why) {
    List<Open> all = List.copyOf(open.values());
    open.clear();
    all.forEach(each -> each.answer.completeExceptionally(new RayException(why)));
  }
}
