package org.rayshell.runtime.owner;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.wire.FrameTooLargeException;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;

/**
 * Which worker gets which task: the tasks that can run, by what they ask for, and the workers that
 * the raylet has lent. Belongs to the loop.
 */
final class Dispatcher {
  private final OwnerPort port;
  private final Tasks tasks;
  private final Map<Map<String, Double>, ShapeQueue> queues = new HashMap<>();
  private final Map<Long, ShapeQueue> requests = new HashMap<>();
  private final Map<Long, Lease> leases = new HashMap<>();
  private final Map<String, Lease> leasesByWorker = new HashMap<>();
  private final Map<String, Set<String>> exported = new HashMap<>();
  private long lastRequest;

  Dispatcher(OwnerPort port, Tasks tasks) {
    this.port = port;
    this.tasks = tasks;
  }

  /** A task whose arguments are there. */
  void ready(PendingTask task) {
    ShapeQueue queue = queues.computeIfAbsent(task.shape, ShapeQueue::new);
    queue.ready.add(task);
    tasks.changed(task, TaskState.PENDING_NODE_ASSIGNMENT);
    request(queue);
  }

  /** A task that is to run again: before all others. */
  void again(PendingTask task) {
    ShapeQueue queue = queues.computeIfAbsent(task.shape, ShapeQueue::new);
    queue.ready.addFirst(task);
    tasks.changed(task, TaskState.PENDING_NODE_ASSIGNMENT);
    request(queue);
  }

  /** A task that is not to run after all, if it still waits for a worker. */
  void remove(PendingTask task) {
    ShapeQueue queue = queues.get(task.shape);
    if (queue != null && queue.ready.remove(task)) {
      request(queue);
    }
  }

  void granted(Message.LeaseGranted grant) {
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

  void refused(Message.LeaseRefused refusal) {
    ShapeQueue queue = requests.remove(refusal.request());
    if (queue == null) {
      return;
    }
    queue.request = ShapeQueue.NONE;
    for (PendingTask task; (task = queue.ready.poll()) != null; ) {
      task.error = refusal.reason();
      tasks.finish(
          task,
          Outcome.failure(
              Outcome.Kind.REFUSED, task.call.name() + " cannot run: " + refusal.reason()));
    }
  }

  /** Others wait for the worker: it goes back after the task that runs. */
  void reclaim(long lease) {
    Lease known = leases.get(lease);
    if (known != null) {
      known.reclaimed = true;
    }
  }

  /** The worker has told the end of a task. */
  void ended(String worker, PendingTask task) {
    Lease lease = leasesByWorker.get(worker);
    if (lease != null && lease.running == task) {
      lease.running = null;
      pushNext(lease);
    }
  }

  /** Whether a worker of that name is lent. */
  boolean leases(String worker) {
    return leasesByWorker.containsKey(worker);
  }

  /** The connection to a worker has ended: what it was sent is forgotten with it. */
  void peerLost(String worker) {
    exported.remove(worker);
  }

  /** A worker has died. */
  void workerDied(Message.WorkerDied death) {
    exported.remove(death.name());
    Lease lease = leasesByWorker.get(death.name());
    if (lease == null) {
      return;
    }
    drop(lease);
    if (lease.running != null) {
      tasks.crashed(lease.running, death);
    }
    request(lease.queue);
  }

  /** Forgets everything. */
  void clear() {
    queues.clear();
    requests.clear();
    leases.clear();
    leasesByWorker.clear();
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

  /** Gives the lease its next task, or gives it back. */
  private void pushNext(Lease lease) {
    while (!lease.reclaimed && !lease.queue.ready.isEmpty()) {
      PendingTask task = lease.queue.ready.poll();
      if (!tasks.hasArguments(task)) {
        // One was lost meanwhile; the task comes again when that is there again.
        continue;
      }
      try {
        if (push(lease, task)) {
          lease.running = task;
          request(lease.queue);
          return;
        }
      } catch (FrameTooLargeException e) {
        task.error = e.getMessage();
        tasks.finish(
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
            task.stored(),
            task.attempt,
            task.attempts(),
            task.origin.cell(),
            task.origin.depth(),
            task.terms());
    if (!port.toPeer(lease.worker, push)) {
      exported.remove(lease.worker);
      return false;
    }
    task.workerPid = lease.workerPid;
    task.lease = lease;
    tasks.changed(task, TaskState.SUBMITTED_TO_WORKER);
    return true;
  }
}
