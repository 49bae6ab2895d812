package org.rayshell.runtime.owner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.RefAddress;
import org.rayshell.runtime.RefPort;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.view.TaskStateEvent;
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

  /** Every task from its submission until it ends. */
  private final Map<ObjectId, PendingTask> tasks = new HashMap<>();

  private final Map<Map<String, Double>, ShapeQueue> queues = new HashMap<>();
  private final Map<Long, ShapeQueue> requests = new HashMap<>();
  private final Map<Long, Lease> leases = new HashMap<>();
  private final Map<String, Lease> leasesByWorker = new HashMap<>();
  private final Map<String, Set<String>> exported = new HashMap<>();
  private long lastRequest;
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
    this.borrows = new Borrows(port);
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
    PendingTask task = submission.task;
    if (ended != null) {
      finish(task, ended);
      return;
    }
    tasks.put(task.id(), task);
    // One more than there are, so that it cannot become ready while its arguments are counted.
    task.missing = 1;
    for (ShippedCall.Arg arg : task.call.args()) {
      if (arg instanceof ShippedCall.Arg.Ref(var ref)) {
        ObjectState state = (ObjectState) ref.handle();
        if (state.outcome() == null) {
          task.missing++;
          state.watch(_ -> argumentReady(task), true);
          fetch(state, true);
        }
      }
    }
    if (task.missing > 1) {
      changed(task, TaskState.PENDING_ARGS_AVAIL);
    }
    argumentReady(task);
  }

  /**
   * Asks the owner of an object, if that is another process.
   *
   * @param value whether for the value, or only whether it is there
   */
  public void fetch(ObjectState state, boolean value) {
    if (ended != null) {
      state.complete(ended);
    } else if (!state.owner().equals(name)) {
      borrows.fetch(state, value);
    }
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
      case Message.LeaseGranted m -> granted(m);
      case Message.LeaseRefused m -> refused(m);
      case Message.Reclaim m -> {
        Lease lease = leases.get(m.lease());
        if (lease != null) {
          lease.reclaimed = true;
        }
      }
      case Message.WorkerDied m -> workerDied(m);
      default -> throw new IllegalArgumentException("not for an owner: " + message);
    }
  }

  /** A message of another process. */
  public void received(String from, Message.ToOwner message) {
    switch (message) {
      case Message.TaskStarted m -> {
        PendingTask task = tasks.get(m.task());
        if (task != null && task.attempt == m.attempt() && !task.state.isTerminal()) {
          task.started = m.started();
          changed(task, TaskState.RUNNING);
        }
      }
      case Message.TaskDone m -> done(from, m);
      case Message.GetObject m -> answer(from, m);
    }
  }

  /** The answer to what this owner asked. */
  public void received(Message.ObjectReply reply) {
    borrows.received(reply);
  }

  /** The connection to a process has ended: asks the raylet why, if it matters here. */
  public void peerLost(String peer) {
    exported.remove(peer);
    if (leasesByWorker.containsKey(peer) || borrows.from(peer)) {
      port.toRaylet(new Message.PeerLost(peer));
    }
  }

  /** Fails all that is pending; nothing works from now on. */
  public void end(String why) {
    ended = Outcome.failure(Outcome.Kind.SESSION_ENDED, why);
    List<PendingTask> pending = new ArrayList<>(tasks.values());
    tasks.clear();
    queues.clear();
    requests.clear();
    leases.clear();
    leasesByWorker.clear();
    pending.forEach(task -> finish(task, ended));
    borrows.failAll(ended);
    lent.clear();
  }

  private void argumentReady(PendingTask task) {
    if (--task.missing > 0 || ended != null) {
      return;
    }
    ObjectState failed = task.failedArgument();
    if (failed != null) {
      task.error = failed.outcome().message();
      finish(task, failed.outcome());
      return;
    }
    ShapeQueue queue = queues.computeIfAbsent(task.shape, ShapeQueue::new);
    queue.ready.add(task);
    changed(task, TaskState.PENDING_NODE_ASSIGNMENT);
    request(queue);
  }

  private void request(ShapeQueue queue) {
    if (queue.request == ShapeQueue.NONE && !queue.ready.isEmpty()) {
      queue.request = ++lastRequest;
      requests.put(queue.request, queue);
      int depth = queue.ready.peek().origin.depth();
      port.toRaylet(new Message.RequestLease(queue.request, queue.shape, depth));
    } else if (queue.request != ShapeQueue.NONE && queue.ready.isEmpty()) {
      requests.remove(queue.request);
      port.toRaylet(new Message.CancelRequest(queue.request));
      queue.request = ShapeQueue.NONE;
    }
  }

  private void granted(Message.LeaseGranted grant) {
    ShapeQueue queue = requests.remove(grant.request());
    if (queue == null) {
      port.toRaylet(new Message.ReturnLease(grant.lease()));
      return;
    }
    queue.request = ShapeQueue.NONE;
    Lease lease = new Lease(grant.lease(), grant.worker(), grant.pid(), queue);
    leases.put(lease.id, lease);
    leasesByWorker.put(lease.worker, lease);
    pushNext(lease);
    request(queue);
  }

  private void refused(Message.LeaseRefused refusal) {
    ShapeQueue queue = requests.remove(refusal.request());
    if (queue == null) {
      return;
    }
    queue.request = ShapeQueue.NONE;
    for (PendingTask task; (task = queue.ready.poll()) != null; ) {
      task.error = refusal.reason();
      finish(
          task,
          Outcome.failure(
              Outcome.Kind.REFUSED, task.call.name() + " cannot run: " + refusal.reason()));
    }
  }

  /** Gives the lease its next task, or gives it back. */
  private void pushNext(Lease lease) {
    while (!lease.reclaimed && !lease.queue.ready.isEmpty()) {
      PendingTask task = lease.queue.ready.poll();
      try {
        if (push(lease, task)) {
          lease.running = task;
          request(lease.queue);
          return;
        }
      } catch (FrameTooLargeException e) {
        task.error = e.getMessage();
        finish(
            task,
            Outcome.failure(
                Outcome.Kind.REFUSED,
                task.call.name() + " cannot be sent to a worker: " + e.getMessage()));
        continue;
      }
      // The worker is gone; the task was never there, so this does not count as a try.
      lease.queue.ready.addFirst(task);
      drop(lease);
      port.toRaylet(new Message.PeerLost(lease.worker));
      request(lease.queue);
      return;
    }
    drop(lease);
    port.toRaylet(new Message.ReturnLease(lease.id));
    request(lease.queue);
  }

  private void drop(Lease lease) {
    leases.remove(lease.id);
    leasesByWorker.remove(lease.worker, lease);
  }

  private boolean push(Lease lease, PendingTask task) {
    ShippedCall call = task.call;
    String hash = call.export().hash();
    if (!hash.isEmpty()) {
      Set<String> there = exported.computeIfAbsent(lease.worker, _ -> new HashSet<>());
      if (!there.contains(hash)) {
        Message export = new Message.ExportCode(hash, call.export().bytes());
        if (!port.toPeer(lease.worker, export)) {
          return false;
        }
        there.add(hash);
      }
    }
    List<EncodedValue> values = task.values();
    task.argBytes = values.stream().mapToLong(EncodedValue::size).sum();
    Message push =
        new Message.PushTask(
            lease.id,
            task.id(),
            call.name(),
            hash,
            call.target(),
            values,
            task.attempt,
            task.attempts(),
            task.origin.cell(),
            task.origin.depth());
    if (!port.toPeer(lease.worker, push)) {
      exported.remove(lease.worker);
      return false;
    }
    task.workerPid = lease.workerPid;
    changed(task, TaskState.SUBMITTED_TO_WORKER);
    return true;
  }

  private void done(String from, Message.TaskDone message) {
    PendingTask task = tasks.get(message.task());
    Lease lease = leasesByWorker.get(from);
    if (task == null || task.attempt != message.attempt()) {
      return;
    }
    task.started = message.started();
    task.ended = message.ended();
    task.cpuNs = message.cpuNs();
    task.error = message.error();
    finish(task, message.outcome());
    if (lease != null && lease.running == task) {
      lease.running = null;
      pushNext(lease);
    }
  }

  private void workerDied(Message.WorkerDied death) {
    exported.remove(death.name());
    borrows.ownerDied(death);
    Lease lease = leasesByWorker.get(death.name());
    if (lease == null) {
      return;
    }
    drop(lease);
    PendingTask task = lease.running;
    if (task != null) {
      crashed(task, death);
    }
    request(lease.queue);
  }

  private void crashed(PendingTask task, Message.WorkerDied death) {
    if (task.mayRetry()) {
      task.attempt++;
      task.started = 0;
      task.workerPid = 0;
      ShapeQueue queue = queues.computeIfAbsent(task.shape, ShapeQueue::new);
      queue.ready.addFirst(task);
      changed(task, TaskState.PENDING_NODE_ASSIGNMENT);
      request(queue);
      return;
    }
    String what = "worker " + death.pid() + " died: " + death.how();
    task.error = what;
    finish(
        task,
        Outcome.failure(
            Outcome.Kind.WORKER_CRASHED,
            task.call.name()
                + " failed: its "
                + what
                + ", in attempt "
                + task.attempt
                + " of "
                + task.attempts()
                + (death.tail().isBlank() ? "" : "\nLast lines of its stderr:\n" + death.tail())));
  }

  private void finish(PendingTask task, Outcome outcome) {
    tasks.remove(task.id());
    if (task.ended == 0) {
      task.ended = backend.epochNs();
    }
    task.resultBytes = outcome.isValue() ? outcome.bytes() : 0;
    // Reported first, so that whoever sees the value sees the task ended too.
    changed(task, outcome.isValue() ? TaskState.FINISHED : TaskState.FAILED);
    task.result.complete(outcome);
  }

  private void changed(PendingTask task, TaskState state) {
    task.state = state;
    var update = task.update(pid, since(task));
    task.result.task(update);
    TaskStateEvent.emit(update);
    port.report(update);
  }

  private long since(PendingTask task) {
    return switch (task.state) {
      case RUNNING -> task.started;
      case FINISHED, FAILED -> task.ended;
      default -> backend.epochNs();
    };
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
