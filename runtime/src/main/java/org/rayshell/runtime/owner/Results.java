package org.rayshell.runtime.owner;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.wire.FrameTooLargeException;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;

/**
 * Large results of tasks, which stay with the worker that made them until somebody wants them:
 * those that this process keeps for their owners, and those that it gets from others. Belongs to
 * the loop.
 */
public final class Results {
  /** Ray's limit, too: what is no larger goes to the owner with the news that the task is done. */
  static final int MOST_SENT_BYTES = 100 << 10;

  private record Kept(EncodedValue value, String owner) {}

  private record Asked(String worker, ObjectId id, Consumer<Outcome> then) {}

  private final String name;
  private final OwnerPort port;
  private final int mostSentBytes;
  private final Map<ObjectId, Kept> kept = new HashMap<>();
  private final Map<Long, Asked> asked = new HashMap<>();
  private long lastRequest;

  Results(String name, OwnerPort port, int mostSentBytes) {
    this.name = name;
    this.port = port;
    this.mostSentBytes = mostSentBytes;
  }

  /**
   * What the owner of a task is told of its result.
   *
   * @param outcome of the task that ran here
   */
  public Outcome keep(ObjectId id, Outcome outcome, String owner) {
    if (outcome.kind() != Outcome.Kind.VALUE || outcome.bytes() <= mostSentBytes) {
      return outcome;
    }
    kept.put(id, new Kept(outcome.value(), owner));
    return Outcome.stored(outcome.bytes());
  }

  /** Gets a value from the process that keeps it; a failure if it cannot be had there. */
  public void get(ObjectId id, String worker, Consumer<Outcome> then) {
    if (worker.equals(name)) {
      then.accept(find(id));
      return;
    }
    long request = ++lastRequest;
    asked.put(request, new Asked(worker, id, then));
    if (!port.toPeer(worker, new Message.GetResult(request, id))) {
      // The raylet knows how it ended and says so.
      port.toRaylet(new Message.PeerLost(worker));
    }
  }

  private Outcome find(ObjectId id) {
    Kept found = kept.get(id);
    return found == null ? gone(id, "it is not there any more") : Outcome.value(found.value);
  }

  private static Outcome gone(ObjectId id, String why) {
    return Outcome.failure(Outcome.Kind.OBJECT_LOST, "the value of " + id + " is lost: " + why);
  }

  void received(String from, Message.OfResults message) {
    switch (message) {
      case Message.GetResult(long request, ObjectId id) -> answer(from, request, id);
      case Message.ResultReply(long request, Outcome outcome) -> {
        Asked was = asked.remove(request);
        if (was != null) {
          was.then.accept(outcome);
        }
      }
      case Message.DropResult(ObjectId id) -> kept.remove(id);
    }
  }

  private void answer(String from, long request, ObjectId id) {
    try {
      port.toPeer(from, new Message.ResultReply(request, find(id)));
    } catch (FrameTooLargeException e) {
      port.toPeer(from, new Message.ResultReply(request, gone(id, "it is " + e.getMessage())));
    }
  }

  /** How a worker ended, with its last words. */
  static String died(Message.WorkerDied death, String what) {
    String last = death.tail().isBlank() ? "" : " (last lines of its stderr: " + death.tail() + ")";
    return "worker " + death.pid() + what + " died: " + death.how() + last;
  }

  /** Whether an answer of that process is awaited. */
  boolean asks(String worker) {
    return asked.values().stream().anyMatch(each -> each.worker.equals(worker));
  }

  /** A process has died: what it kept is lost, and what it owned is wanted no more. */
  void died(Message.WorkerDied death) {
    kept.values().removeIf(each -> each.owner.equals(death.name()));
    for (var each : List.copyOf(asked.entrySet())) {
      Asked was = each.getValue();
      if (was.worker.equals(death.name()) && asked.remove(each.getKey()) != null) {
        was.then.accept(gone(was.id, died(death, "")));
      }
    }
  }

  /** How many results are kept here. */
  public int kept() {
    return kept.size();
  }

  void end() {
    kept.clear();
    asked.clear();
  }
}
