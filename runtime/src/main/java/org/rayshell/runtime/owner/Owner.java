package org.rayshell.runtime.owner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.RefAddress;
import org.rayshell.runtime.RefPort;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.view.OwnedObject;
import org.rayshell.runtime.view.WaitReason;
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
  private final Lent lent;
  private final BorrowedRefs borrowed;
  private final Outbox outbox;
  private final Borrows borrows;
  private final Results results;
  private final Placed placed;
  private final Tasks tasks;
  private final BlockReaders readers;
  private final LatestObjects latest = new LatestObjects();
  private final List<Unanswered> unanswered = new ArrayList<>();
  private volatile Outcome ended;
  private volatile int changes;

  /**
   * An owner of nothing.
   *
   * @param name of this process in the session
   */
  public Owner(String name, long pid, IdSource ids, Backend backend, OwnerPort port) {
    this(name, pid, ids, backend, port, Results.MOST_SENT_BYTES);
  }

  /** As the other, with another limit of what is sent with the news that a task is done. */
  Owner(String name, long pid, IdSource ids, Backend backend, OwnerPort port, int mostSentBytes) {
    this.name = name;
    this.pid = pid;
    this.ids = ids;
    this.backend = backend;
    this.port = port;
    this.lent = new Lent(port);
    this.borrowed = new BorrowedRefs(this, port);
    this.outbox = new Outbox(name, port, lent);
    this.borrows = new Borrows(this, outbox);
    this.results = new Results(name, outbox, mostSentBytes);
    this.placed = new Placed(port, results, borrows);
    this.tasks = new Tasks(pid, backend, outbox, borrows, placed, ids, this::own);
    placed.tasks(tasks);
    this.readers = new BlockReaders(port);
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
    return put(value, null);
  }

  /** A ref to a value that is there, put by that cell. Any thread. */
  public ObjectState put(EncodedValue value, String cell) {
    ObjectState state = promise(cell);
    state.complete(Outcome.value(value));
    return state;
  }

  /** A ref to a value that will be there, or with another process. Any thread. */
  public ObjectState promise(String cell) {
    return own(ids.next(), cell, backend.epochNs());
  }

  /** As {@link #promise(String)}, of an object that has its id from elsewhere. Any thread. */
  public ObjectState promise(ObjectId id) {
    return own(id);
  }

  /** What became of a promised object. */
  public void fulfil(ObjectState promised, Outcome outcome) {
    promised.complete(outcome);
  }

  /** The value of a promised object is with another process. */
  public void keptBy(ObjectState promised, String process, long bytes) {
    placed.placed(promised, new Place(process, bytes, null));
  }

  private ObjectState own(ObjectId id) {
    return own(id, null, 0);
  }

  private ObjectState own(ObjectId id, String cell, long since) {
    ObjectState state = new ObjectState(id, this);
    latest.add(state, cell, since);
    return state;
  }

  /** A task with one result that is ready for {@link #submit}. Any thread. */
  public Submission prepare(ShippedCall call, Origin origin) {
    return prepare(own(ids.next()), null, call, origin);
  }

  /** A task with as many results as its options say. Any thread. */
  public Submission prepareMany(ShippedCall call, Origin origin) {
    ObjectId first = ids.next();
    int count = call.options().control().numReturns();
    List<ObjectState> results =
        IntStream.rangeClosed(1, count).mapToObj(i -> own(first.at(i))).toList();
    return prepare(results.getFirst(), new SeveralResults(results), call, origin);
  }

  /** A task that makes one object after the other. Any thread. */
  public Submission prepareStream(ShippedCall call, Origin origin) {
    ObjectState whole = own(ids.next());
    return prepare(whole, new SeveralResults(new ItemStream(whole)), call, origin);
  }

  private Submission prepare(
      ObjectState result, SeveralResults several, ShippedCall call, Origin origin) {
    CallSite site = tasks.site(call.function(), origin);
    PendingTask task = new PendingTask(result, several, site, call.args(), backend.epochNs());
    task.state = task.made();
    for (int i = 0; i < task.resultCount(); i++) {
      task.result(i).news(task);
    }
    return task;
  }

  /** A task that is not yet the loop's. */
  public sealed interface Submission permits PendingTask {
    /** What the task makes, of several the first. */
    ObjectState result();

    /** How many objects the task makes; a stream has one that tells its end. */
    int resultCount();

    /** One of them, from 0. */
    ObjectState result(int index);

    /** All that the task makes. */
    default List<ObjectState> results() {
      return resultCount() == 1
          ? List.of(result())
          : IntStream.range(0, resultCount()).mapToObj(this::result).toList();
    }

    /** What the task makes one after the other; null if it is no stream. */
    ItemStream items();
  }

  @Override
  public RefAddress lend(ObjectRef<?> ref) {
    ObjectState state = (ObjectState) ref.handle();
    state.use();
    if (state.owner().equals(name)) {
      lent.lend(state);
    }
    return new RefAddress(state.id(), state.owner());
  }

  @Override
  public ObjectRef<?> borrow(RefAddress address) {
    boolean own = address.owner().equals(name);
    ObjectState state = own ? lent.find(address.id()) : borrowed.find(address.id());
    return new ObjectRef<>(state != null ? state : gone(address));
  }

  private ObjectState gone(RefAddress address) {
    ObjectState state = new BorrowedObject(address, this);
    state.complete(lost(address.id()));
    return state;
  }

  /** A ref has come in a message. */
  public ObjectRef<?> arrived(RefAddress address, String from) {
    if (address.owner().equals(name)) {
      return borrow(address);
    }
    ObjectState state = borrowed.arrived(address, from);
    if (ended != null) {
      state.complete(ended);
    }
    return new ObjectRef<>(state);
  }

  /**
   * Lets the values of objects go, here and wherever copies of them are.
   *
   * @param states of any process's objects
   */
  public void free(List<ObjectState> states) {
    for (ObjectState state : states) {
      if (state.owner().equals(name)) {
        free(state);
      } else {
        port.toPeer(state.owner(), new Message.FreeObject(state.id()));
      }
    }
  }

  private void free(ObjectState state) {
    state.free();
    for (String borrower : lent.borrowers(state.id())) {
      port.toPeer(borrower, new Message.ObjectFreed(state.id()));
    }
  }

  /** Sends a message to another process; see {@link OwnerPort#toPeer}. */
  public boolean send(String to, Message message) {
    return outbox.toPeer(to, message);
  }

  /** Takes over a task. */
  public void submit(Submission submission) {
    // No switch: the first one of a place makes classes, and this is on the way to a first result.
    tasks.submit((PendingTask) submission);
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
    if (value && state.isPlaced()) {
      placed.fetch(state);
    } else {
      borrows.fetch(state, value);
    }
  }

  /** Large results that this process keeps, or gets from those that do. */
  public Results results() {
    return results;
  }

  void placed(ObjectState state, Place place) {
    placed.placed(state, place);
  }

  void stored(Object held, long bytes) {
    port.stored(held, bytes);
  }

  /**
   * Another number each time that an object has become ready. Any thread may ask. If several do at
   * the same time, one may get lost; who has to hear of each watches the object.
   */
  public int changes() {
    return changes;
  }

  void changed() {
    changes++;
  }

  /** Whether somebody may still want what this process has. */
  public boolean isNeeded() {
    return lent.kept() > 0 || results.kept() > 0 || !tasks.isEmpty() || !outbox.isEmpty();
  }

  /** How many objects of this process are kept because others have refs of them. */
  public int lentObjects() {
    return lent.kept();
  }

  /** For each object of this process, how many other processes have refs of it. */
  public List<Integer> borrowers(List<ObjectId> objects) {
    return objects.stream().map(each -> lent.borrowers(each).size()).toList();
  }

  /** How many objects of other processes this one has refs of. Any thread. */
  public int borrowedObjects() {
    return borrowed.size();
  }

  /** The latest objects of this process. Any thread. */
  public LatestObjects latest() {
    return latest;
  }

  /** One of this process's objects that others have refs of; null if there is none of that id. */
  public ObjectState lentObject(ObjectId id) {
    return lent.find(id);
  }

  /** What those of the tasks wait for that wait. */
  public List<WaitReason> waits(List<ObjectId> of) {
    return of.stream().map(tasks::waits).flatMap(Optional::stream).toList();
  }

  /** The latest objects that are still referred to, so many at most, the latest first. */
  public List<OwnedObject> objects(int most) {
    return latest.infos(most, name, lent);
  }

  /** A message of the raylet. */
  public void received(Message.FromRaylet message) {
    // No switch for what is on the way to a first result: its first use takes a while.
    if (message instanceof Message.LeaseGranted granted) {
      tasks.dispatcher().granted(granted);
      return;
    }
    switch (message) {
      case Message.LeaseRefused m -> tasks.dispatcher().refused(m);
      case Message.Reclaim m -> tasks.dispatcher().reclaim(m.lease());
      case Message.WorkerDied m -> {
        for (Lent.Doubt doubt : lent.died(m.name())) {
          port.toPeer(doubt.borrower(), new Message.CountArrivals(doubt.id(), m.name()));
        }
        outbox.died(m.name());
        readers.died(m.name());
        results.died(m);
        placed.died(m);
        borrows.ownerDied(m);
        borrowed.ofOwner(m.name(), state -> state.complete(Borrows.ownerDied(state, m)));
        tasks.dispatcher().workerDied(m);
      }
      default -> throw new IllegalArgumentException("not for an owner: " + message);
    }
  }

  /** A message of another process. */
  public void received(String from, Message.ToOwner message) {
    if (message instanceof Message.TaskDone done) {
      tasks.done(from, done);
      return;
    }
    switch (message) {
      case Message.TaskStarted m -> tasks.started(from, m);
      case Message.TaskDone m -> tasks.done(from, m);
      case Message.ArgumentLost m -> tasks.argumentLost(from, m);
      case Message.TaskItem m -> tasks.item(from, m);
      case Message.CancelObject m -> tasks.cancel(m.id(), m.force(), m.recursive());
      case Message.TasksReturned m -> tasks.returned(m);
      case Message.GetObject m -> answer(from, m);
      case Message.AddBorrower m -> {
        lent.sent(m.id(), from, m.borrower());
        port.toPeer(from, new Message.BorrowerAdded(m.request()));
      }
      case Message.ReleaseObject m -> lent.released(m.id(), m.via(), from, m.times());
      case Message.Arrivals m -> lent.counted(m.id(), m.via(), from, m.times());
      case Message.FreeObject m -> {
        ObjectState state = lent.find(m.id());
        if (state != null) {
          free(state);
        }
      }
    }
  }

  /** A cluster tells where a task runs. */
  public void received(String from, Message.TaskAt message) {
    tasks.at(from, message);
  }

  /** A message about large results. */
  public void received(String from, Message.OfResults message) {
    results.received(from, message);
  }

  /** The value that was asked for is with a worker. */
  public void received(Message.StoredAt reply) {
    borrows.received(reply);
  }

  /** The answer to what this owner asked. */
  public void received(Message.ObjectReply reply) {
    borrows.received(reply);
  }

  /** An owner knows now of a process that a ref is to be sent to. */
  public void received(Message.BorrowerAdded answer) {
    outbox.received(answer);
  }

  /** The owner of an object has let its value go. */
  public void received(Message.ObjectFreed message) {
    ObjectState state = borrowed.find(message.id());
    if (state != null) {
      state.free();
    }
  }

  /** An owner is in doubt about what a process has sent here before it died. */
  public void received(String from, Message.CountArrivals question) {
    if (port.isConnected(question.via())) {
      // Something may still arrive.
      unanswered.add(new Unanswered(from, question));
    } else {
      int times = borrowed.times(question.id(), question.via());
      port.toPeer(from, new Message.Arrivals(question.id(), question.via(), times));
    }
  }

  private record Unanswered(String from, Message.CountArrivals question) {}

  private void answerAbout(String peer) {
    List<Unanswered> now = new ArrayList<>();
    unanswered.removeIf(each -> each.question.via().equals(peer) && now.add(each));
    now.forEach(each -> received(each.from, each.question));
  }

  /** The connection to a process has ended: asks the raylet why, if it matters here. */
  public void peerLost(String peer) {
    answerAbout(peer);
    readers.lost(peer);
    tasks.dispatcher().peerLost(peer);
    if (tasks.dispatcher().leases(peer)
        || borrows.from(peer)
        || lent.concerns(peer)
        || outbox.asks(peer)
        || results.asks(peer)
        || readers.concerns(peer)) {
      port.toRaylet(new Message.PeerLost(peer));
    }
  }

  /** Fails all that is pending; nothing works from now on. */
  public void end(String why) {
    ended = Outcome.failure(Outcome.Kind.SESSION_ENDED, why);
    tasks.end(ended);
    borrows.end(ended);
    placed.end();
    results.end();
    borrowed.clear();
    outbox.clear();
    lent.clear();
  }

  private void answer(String from, Message.GetObject question) {
    ObjectState state = lent.find(question.id());
    if (state == null) {
      reply(from, question, lost(question.id()));
      return;
    }
    if (question.value()) {
      state.watchPlace(ready -> replyValue(from, question, ready));
    } else {
      state.watch(_ -> reply(from, question, null), false);
    }
  }

  private void replyValue(String to, Message.GetObject question, ObjectState state) {
    Place place = state.place();
    Outcome outcome = state.outcome();
    if (outcome != null) {
      reply(to, question, outcome);
    } else {
      port.toPeer(to, new Message.StoredAt(question.request(), place.worker(), place.bytes()));
    }
  }

  private void reply(String to, Message.GetObject question, Outcome outcome) {
    try {
      outbox.toPeer(to, new Message.ObjectReply(question.request(), outcome));
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
