package org.rayshell.runtime.owner;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.rayshell.runtime.code.ShippedFunction;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.wire.Backend;
import org.rayshell.runtime.wire.FrameTooLargeException;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;

/**
 * Which worker gets which task: the tasks that can run, by what they ask for, and the workers that
 * the raylet has lent. Belongs to the loop.
 */
final class Dispatcher {
  /** A task that takes no longer is reported only when it has ended. */
  private static final long QUIET_NS = 500_000;

  /** So many queues are kept though they are empty: the next task most often asks for the same. */
  private static final int KEPT_QUEUES = 16;

  private final Backend backend;
  private final OwnerPort port;
  private final Tasks tasks;
  private final RemoteFunctions functions = new RemoteFunctions();
  private final Map<ShapeQueue.Shape, ShapeQueue> queues = new HashMap<>();
  private final Map<Long, ShapeQueue> requests = new HashMap<>();
  private final Map<Long, Lease> leases = new HashMap<>();
  private final Map<String, Lease> leasesByWorker = new HashMap<>();
  private final Map<String, Set<String>> exported = new HashMap<>();
  private long lastRequest;

  Dispatcher(Backend backend, OwnerPort port, Tasks tasks) {
    this.backend = backend;
    this.port = port;
    this.tasks = tasks;
  }

  /** A task whose arguments are there. */
  void ready(PendingTask task) {
    know(task.site);
    task.queue().ready.add(task);
    tasks.ready(task);
    settleSoon(task.queue());
  }

  /** Most often known from the task before. */
  private void know(CallSite site) {
    if (site.runs == null) {
      site.runs = functions.of(site.function);
    }
    if (site.queue == null || site.queue.forgotten) {
      site.queue =
          queues.computeIfAbsent(site.shape(), shape -> new ShapeQueue(shape, this::settle));
    }
  }

  /** A task that is to run again: before all others. */
  void again(PendingTask task) {
    know(task.site);
    task.queue().ready.addAgain(task);
    tasks.changed(task, TaskState.PENDING_NODE_ASSIGNMENT);
    settleSoon(task.queue());
  }

  /** A task has ended that was at no worker: nobody need be asked for one on its account. */
  void unwanted(PendingTask task) {
    if (task.queue() != null) {
      settleSoon(task.queue());
    }
  }

  /** The worker has not begun the task, for want of an argument. */
  void takenBack(PendingTask task) {
    takenBack(task, 0);
  }

  /**
   * The task is at no worker any more.
   *
   * @param pid the worker that had it, to be told; 0 for none
   */
  void takenBack(PendingTask task, long pid) {
    Lease lease = task.lease();
    lease.remove(task);
    task.run().workerPid = pid;
    settleSoon(lease.queue);
  }

  void granted(Message.LeaseGranted grant) {
    ShapeQueue queue = requests.remove(grant.request());
    if (queue == null) {
      port.toRaylet(new Message.ReturnLease(grant.lease()));
      return;
    }
    queue.request = ShapeQueue.NONE;
    Lease lease = new Lease(grant.lease(), grant.worker(), grant.pid(), queue);
    queue.leases.add(lease);
    leases.put(lease.id, lease);
    leasesByWorker.put(lease.worker, lease);
    settleSoon(queue);
  }

  void refused(Message.LeaseRefused refusal) {
    ShapeQueue queue = requests.remove(refusal.request());
    if (queue == null) {
      return;
    }
    queue.request = ShapeQueue.NONE;
    for (PendingTask task; (task = queue.ready.poll()) != null; ) {
      task.run().error = refusal.reason();
      tasks.finish(
          task,
          Outcome.failure(Outcome.Kind.REFUSED, task.name() + " cannot run: " + refusal.reason()));
    }
    settleSoon(queue);
  }

  /** Others wait for the worker: it goes back after the task that runs. */
  void reclaim(long id) {
    Lease lease = leases.get(id);
    if (lease == null) {
      return;
    }
    lease.reclaimed = true;
    if (lease.canBeAsked()) {
      ask(lease, lease.waiting());
    }
    settleSoon(lease.queue);
  }

  /** The worker has told the end of a task. */
  void ended(PendingTask task) {
    if (task.started() != 0) {
      task.function().ran(task.ended() - task.started());
    }
    Lease lease = task.lease();
    lease.remove(task);
    settleSoon(lease.queue);
  }

  /**
   * The worker will not begin these tasks.
   *
   * @param asked whether this owner asked for them
   * @param holder the task that keeps it from that; null if it has ended, or there is none
   */
  void returned(long id, List<PendingTask> back, boolean asked, PendingTask holder) {
    Lease lease = leases.get(id);
    if (lease == null) {
      // The worker died first, and they are with others.
      return;
    }
    if (asked) {
      lease.asked = false;
      lease.drained = back.isEmpty();
    } else if (holder != null) {
      lease.hold(holder);
    }
    for (PendingTask task : back.reversed()) {
      if (lease.remove(task)) {
        putBack(task);
      }
    }
    settleSoon(lease.queue);
  }

  /** Whether a worker of that name is lent. */
  boolean leases(String worker) {
    return leasesByWorker.containsKey(worker);
  }

  /** The connection to a worker has ended: what it was sent is forgotten with it. */
  void peerLost(String worker) {
    exported.remove(worker);
    Lease lease = leasesByWorker.get(worker);
    if (lease != null) {
      lease.lost = true;
      settleSoon(lease.queue);
    }
  }

  /** A worker has died: what it ran counts as a try, what waited there was never begun. */
  void workerDied(Message.WorkerDied death) {
    exported.remove(death.name());
    Lease lease = leasesByWorker.get(death.name());
    if (lease == null) {
      return;
    }
    drop(lease);
    List<PendingTask> there = lease.removeAll();
    int begun = there.isEmpty() ? 0 : 1;
    for (int i = 1; i < there.size(); i++) {
      if (there.get(i).state == TaskState.RUNNING) {
        begun = i + 1;
      }
    }
    for (PendingTask task : there.subList(begun, there.size()).reversed()) {
      task.run().alone = true;
      putBack(task);
    }
    for (PendingTask task : there.subList(0, begun).reversed()) {
      task.run().alone = true;
      tasks.crashed(task, death);
    }
    settleSoon(lease.queue);
  }

  /** Forgets everything. */
  void clear() {
    queues.values().forEach(queue -> queue.forgotten = true);
    queues.clear();
    requests.clear();
    leases.clear();
    leasesByWorker.clear();
  }

  private void putBack(PendingTask task) {
    task.run().workerPid = 0;
    if (!tasks.isWanted(task)) {
      return;
    }
    task.queue().ready.putBack(task);
    tasks.changed(task, TaskState.PENDING_NODE_ASSIGNMENT);
  }

  /**
   * Settles the queue when what is being done now is done: once for all the news that came
   * together, such as the ends of many tasks.
   */
  private void settleSoon(ShapeQueue queue) {
    if (!queue.unsettled) {
      queue.unsettled = true;
      backend.defer(queue.settle);
    }
  }

  /** Gives out what can be given out, and sees to it that leases are neither missing nor kept. */
  private void settle(ShapeQueue queue) {
    queue.unsettled = false;
    giveOut(queue);
    // Those that others want go first: what they were asked for is no hope for the rest.
    giveBack(queue, lease -> lease.reclaimed);
    giveBack(queue, _ -> !hopes(queue));
    request(queue);
    if (queues.size() > KEPT_QUEUES && queue.isEmpty()) {
      queue.forgotten = queues.remove(queue.shape, queue);
    }
  }

  /** Gives those workers back that have nothing to do. */
  private void giveBack(ShapeQueue queue, Predicate<Lease> which) {
    for (int i = queue.leases.size() - 1; i >= 0; i--) {
      Lease lease = queue.leases.get(i);
      if (lease.isIdle() && !lease.lost && which.test(lease)) {
        drop(lease);
        port.toRaylet(new Message.ReturnLease(lease.id));
      }
    }
  }

  /** Breadth first: no worker gets a second task while another has none. */
  private void giveOut(ShapeQueue queue) {
    for (PendingTask task; (task = queue.ready.peek()) != null; ) {
      Lease lease = queue.roomiest(task);
      if (lease == null) {
        return;
      }
      queue.ready.poll();
      if (!tasks.hasArguments(task)) {
        // One was lost meanwhile; the task comes again when that is there again.
        continue;
      }
      try {
        if (push(lease, task)) {
          lease.sent(task);
          continue;
        }
      } catch (RuntimeException | Error e) {
        // It is in no queue any more: unless it fails here, whoever wants it waits for ever.
        task.run().error = e instanceof FrameTooLargeException ? e.getMessage() : e.toString();
        tasks.finish(
            task,
            Outcome.failure(
                Outcome.Kind.REFUSED,
                task.name() + " cannot be sent to a worker: " + task.error()));
        continue;
      }
      // The worker is gone; the task was never there, so this does not count as a try.
      queue.ready.putBack(task);
      lease.lost = true;
      port.toRaylet(new Message.PeerLost(lease.worker));
    }
  }

  /** Whether an idle worker may get tasks that others were sent; asks for them. */
  private boolean hopes(ShapeQueue queue) {
    if (queue.awaitsTasks()) {
      return true;
    }
    Lease richest = queue.richest();
    if (richest != null) {
      ask(richest, (richest.waiting() + 1) / 2);
    }
    return richest != null;
  }

  private void ask(Lease lease, int max) {
    lease.asked = true;
    if (!port.toPeer(lease.worker, new Message.ReturnTasks(lease.id, max))) {
      lease.lost = true;
      port.toRaylet(new Message.PeerLost(lease.worker));
    }
  }

  private void request(ShapeQueue queue) {
    PendingTask next = queue.forAnotherWorker();
    if (next != null && queue.request == ShapeQueue.NONE) {
      queue.request = ++lastRequest;
      requests.put(queue.request, queue);
      int depth = next.origin().depth();
      port.toRaylet(
          new Message.RequestLease(queue.request, queue.shape.amounts(), depth, queue.shape.env()));
    } else if (next == null && queue.request != ShapeQueue.NONE) {
      requests.remove(queue.request);
      port.toRaylet(new Message.CancelRequest(queue.request));
      queue.request = ShapeQueue.NONE;
    }
  }

  private void drop(Lease lease) {
    leases.remove(lease.id);
    leasesByWorker.remove(lease.worker, lease);
    lease.queue.leases.remove(lease);
  }

  private boolean push(Lease lease, PendingTask task) {
    ShippedFunction function = task.site.function;
    String hash = function.export().hash();
    if (!hash.isEmpty()) {
      Set<String> there = exported.computeIfAbsent(lease.worker, _ -> new HashSet<>());
      if (!there.contains(hash)) {
        Message export = new Message.ExportCode(hash, function.export().bytes());
        if (!port.toPeer(lease.worker, export)) {
          return false;
        }
        there.add(hash);
      }
    }
    List<EncodedValue> values = task.values();
    TaskRun run = task.run();
    run.argBytes = 0;
    for (EncodedValue value : values) {
      run.argBytes += value.size();
    }
    Message push =
        new Message.PushTask(
            lease.id,
            task.id(),
            function.name(),
            hash,
            function.target(),
            values,
            task.stored(),
            task.attempt(),
            task.attempts(),
            task.origin().cell(),
            task.origin().depth(),
            task.terms());
    if (!port.toPeer(lease.worker, push)) {
      exported.remove(lease.worker);
      return false;
    }
    if (lease.wide) {
      // It waits on, in the cluster, until that says that it runs, and where.
      run.workerPid = 0;
      return true;
    }
    run.workerPid = lease.workerPid;
    if (task.expectedNs() > QUIET_NS) {
      tasks.changed(task, TaskState.SUBMITTED_TO_WORKER);
    } else {
      // Told with what comes next, which is its end most often.
      task.state = TaskState.SUBMITTED_TO_WORKER;
    }
    return true;
  }
}
