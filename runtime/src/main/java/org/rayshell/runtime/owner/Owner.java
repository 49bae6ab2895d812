package org.rayshell.runtime.owner;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.RefAddress;
import org.rayshell.runtime.RefPort;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.wire.Backend;
import org.rayshell.runtime.wire.FrameTooLargeException;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;

/**
 * The owner of what one process submits and puts: leases workers, pushes tasks to them, retries
 * those whose worker died, keeps what was lent, and answers borrowers. A state machine of the
 * loop's thread, but for the methods that say otherwise.
 */
public final class Owner implements RefPort {
  private final String name;
  private final long pid;
  private final IdSource ids;
  private final Backend backend;
  private final OwnerPort port;
  private final Borrows borrows;

  /** Objects that others may ask for. */
  private final Map<ObjectId, ObjectState> lent = new ConcurrentHashMap<>();

  private final Tasks tasks;
  private volatile Outcome ended;

  /**
   * An owner of nothing.
   *
   * @param name of this process in the session
   */
  public Owner(String name, long pid, IdSource ids, Backend backend, OwnerPort port) {
    this.name = name;
    this.pid = pid;
    this.ids = ids;
    this.backend = backend;
    this.port = port;
    this.borrows = new Borrows(this, port);
    this.tasks = new Tasks(pid, backend, port, borrows);
  }

  /** Why nothing works any more; null while it does. Any thread. */
  public String endReason() {
    Outcome end = ended;
    return end == null ? null : end.message();
  }

  /** The name of this process in the session. */
  public String name() {
    return name;
  }

  /** A ref to a value that is there. Any thread. */
  public ObjectState put(EncodedValue value) {
    ObjectState state = new ObjectState(ids.next(), name, this);
    state.complete(Outcome.value(value));
    return state;
  }

  /** A task that is ready for {@link #submit}. Any thread. */
  public Submission prepare(ShippedCall call, Origin origin) {
    ObjectState result = new ObjectState(ids.next(), name, this);
    PendingTask task = new PendingTask(result, call, origin, backend.epochNs());
    result.task(task.update(pid, task.submitted));
    return new Submission(task);
  }

  /** A task that is not yet the loop's. */
  public static final class Submission {
    private final PendingTask task;

    private Submission(PendingTask task) {
      this.task = task;
    }

    /** What the task makes. */
    public ObjectState result() {
      return task.result;
    }
  }

  @Override
  public RefAddress lend(ObjectRef<?> ref) {
    ObjectState state = (ObjectState) ref.handle();
    if (state.owner().equals(name)) {
      lent.put(state.id(), state);
    }
    return new RefAddress(state.id(), state.owner());
  }

  @Override
  public ObjectRef<?> borrow(RefAddress address) {
    if (!address.owner().equals(name)) {
      return new ObjectRef<>(new ObjectState(address.id(), address.owner(), this));
    }
    ObjectState own = lent.get(address.id());
    if (own == null) {
      own = new ObjectState(address.id(), name, this);
      own.complete(lost(address.id()));
    }
    return new ObjectRef<>(own);
  }

  /** Takes over a task. */
  public void submit(Submission submission) {
    tasks.submit(submission.task);
  }

  /**
   * Asks the owner of an object, if that is another process.
   *
   * @param value whether for the value, or only whether it is there
   */
  public void fetch(ObjectState state, boolean value) {
    borrows.fetch(state, value);
  }

  void stored(ObjectState state, long bytes) {
    port.stored(state, bytes);
  }

  /** Whether somebody may still want what this process has. */
  public boolean isNeeded() {
    return !lent.isEmpty() || !tasks.isEmpty();
  }

  /** A message of the raylet. */
  public void received(Message.FromRaylet message) {
    switch (message) {
      case Message.LeaseGranted m -> tasks.dispatcher().granted(m);
      case Message.LeaseRefused m -> tasks.dispatcher().refused(m);
      case Message.Reclaim m -> tasks.dispatcher().reclaim(m.lease());
      case Message.WorkerDied m -> {
        borrows.ownerDied(m);
        tasks.dispatcher().workerDied(m);
      }
      default -> throw new IllegalArgumentException("not for an owner: " + message);
    }
  }

  /** A message of another process. */
  public void received(String from, Message.ToOwner message) {
    switch (message) {
      case Message.TaskStarted m -> tasks.started(from, m);
      case Message.TaskDone m -> tasks.done(from, m);
      case Message.TasksReturned m -> tasks.returned(m);
      case Message.GetObject m -> answer(from, m);
    }
  }

  /** The answer to what this owner asked. */
  public void received(Message.ObjectReply reply) {
    borrows.received(reply);
  }

  /** The connection to a process has ended: asks the raylet why, if it matters here. */
  public void peerLost(String peer) {
    tasks.dispatcher().peerLost(peer);
    if (tasks.dispatcher().leases(peer) || borrows.from(peer)) {
      port.toRaylet(new Message.PeerLost(peer));
    }
  }

  /** Fails all that is pending; nothing works from now on. */
  public void end(String why) {
    ended = Outcome.failure(Outcome.Kind.SESSION_ENDED, why);
    tasks.end(ended);
    borrows.end(ended);
    lent.clear();
  }

  private void answer(String from, Message.GetObject question) {
    ObjectState state = lent.get(question.id());
    if (state == null) {
      reply(from, question, lost(question.id()));
      return;
    }
    state.watch(ready -> reply(from, question, ready.outcome()), true);
  }

  private void reply(String to, Message.GetObject question, Outcome outcome) {
    try {
      port.toPeer(
          to, new Message.ObjectReply(question.request(), question.value() ? outcome : null));
    } catch (FrameTooLargeException e) {
      port.toPeer(
          to,
          new Message.ObjectReply(
              question.request(),
              Outcome.failure(Outcome.Kind.OBJECT_LOST, "the object is " + e.getMessage())));
    }
  }

  private static Outcome lost(ObjectId id) {
    return Outcome.failure(
        Outcome.Kind.OBJECT_LOST, "its owner does not have the object any more: id=" + id);
  }
}
