package org.rayshell.runtime.owner;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
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
    this.tasks = new Tasks(pid, backend, port, borrows, this::own);
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

  private ObjectState own(ObjectId id) {
    return new ObjectState(id, name, this);
  }

  /** A task with one result that is ready for {@link #submit}. Any thread. */
  public Submission prepare(ShippedCall call, Origin origin) {
    return prepare(List.of(own(ids.next())), null, false, call, origin);
  }

  /** A task with as many results as its options say. Any thread. */
  public Submission prepareMany(ShippedCall call, Origin origin) {
    ObjectId first = ids.next();
    int count = call.options().control().numReturns();
    List<ObjectState> results =
        IntStream.rangeClosed(1, count).mapToObj(i -> own(first.at(i))).toList();
    return prepare(results, null, true, call, origin);
  }

  /** A task that makes one object after the other. Any thread. */
  public Submission prepareStream(ShippedCall call, Origin origin) {
    ObjectState whole = own(ids.next());
    return prepare(List.of(whole), new ItemStream(whole), false, call, origin);
  }

  private Submission prepare(
      List<ObjectState> results,
      ItemStream items,
      boolean several,
      ShippedCall call,
      Origin origin) {
    PendingTask task = new PendingTask(results, items, several, call, origin, backend.epochNs());
    results.forEach(result -> result.task(task.update(pid, task.submitted)));
    return new Submission(task);
  }

  /** A task that is not yet the loop's. */
  public static final class Submission {
    private final PendingTask task;

    private Submission(PendingTask task) {
      this.task = task;
    }

    /** What the task makes, of several the first. */
    public ObjectState result() {
      return task.results.getFirst();
    }

    /** All that the task makes. */
    public List<ObjectState> results() {
      return task.results;
    }

    /** What the task makes one after the other; null if it is no stream. */
    public ItemStream items() {
      return task.items;
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

  /** Cancels the task that makes the object, here or at its owner; nothing if it has ended. */
  public void cancel(ObjectState state, boolean force, boolean recursive) {
    cancel(state.owner(), state.id(), force, recursive);
  }

  /** Cancels the task of that owner that makes the object. */
  public void cancel(String of, ObjectId object, boolean force, boolean recursive) {
    if (of.equals(name)) {
      tasks.cancel(object, force, recursive);
    } else {
      // An owner that is gone took the task along.
      port.toPeer(of, new Message.CancelObject(object, force, recursive));
    }
  }

  /** Cancels the tasks that a task of this process submitted. */
  public void cancelChildren(ObjectId parent, boolean force) {
    tasks.cancelChildren(parent, force);
  }

  /** Something was taken off the stream. */
  public void taken(ItemStream items) {
    tasks.taken(items);
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
      case Message.TaskStarted m -> tasks.started(m);
      case Message.TaskDone m -> tasks.done(from, m);
      case Message.TaskItem m -> tasks.item(m);
      case Message.CancelObject m -> tasks.cancel(m.id(), m.force(), m.recursive());
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
