package org.rayshell.runtime.owner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.rayshell.RuntimeEnv;

/** Tasks that ask for the same, and the workers that were lent for them. Belongs to the loop. */
final class ShapeQueue {
  /**
   * What tasks need to run.
   *
   * @param amounts what they hold meanwhile
   * @param env what their worker was started with
   */
  record Shape(Map<String, Double> amounts, RuntimeEnv env) {}

  /** No request is pending. */
  static final long NONE = 0;

  /** Work for less than this is not worth another worker's while. */
  private static final long STOLEN_NS = 100_000;

  final Shape shape;
  final ReadyTasks ready = new ReadyTasks();
  final List<Lease> leases = new ArrayList<>();

  /** The one pending request for a lease. */
  long request = NONE;

  /** Whether its owner has forgotten it, since it was empty. */
  boolean forgotten;

  /** Gives its tasks out, as far as there is room for them. */
  final Runnable settle;

  /** Whether {@link #settle} is about to run. */
  boolean unsettled;

  ShapeQueue(Shape shape, Consumer<ShapeQueue> settle) {
    this.shape = shape;
    this.settle = () -> settle.accept(this);
  }

  boolean isEmpty() {
    return ready.isEmpty() && leases.isEmpty() && request == NONE;
  }

  /** The lease with the least to do that has room for the task; null if none has. */
  Lease roomiest(PendingTask task) {
    Lease best = null;
    for (Lease lease : leases) {
      if (lease.hasRoomFor(task) && (best == null || lease.workNs() < best.workNs())) {
        best = lease;
      }
    }
    return best;
  }

  /** Whether a worker was asked to give tasks back and has not answered. */
  boolean awaitsTasks() {
    for (Lease lease : leases) {
      if (lease.asked && !lease.lost) {
        return true;
      }
    }
    return false;
  }

  /** What another worker could run; null if there is nothing. */
  PendingTask forAnotherWorker() {
    if (!ready.isEmpty()) {
      return ready.peek();
    }
    Lease richest = richest();
    return richest == null ? null : richest.last();
  }

  /** The lease whose worker has the most to do that another might; null if none is worth it. */
  Lease richest() {
    Lease best = null;
    long most = STOLEN_NS;
    for (Lease lease : leases) {
      if (lease.canBeAsked() && lease.waitingNs() >= most) {
        best = lease;
        most = lease.waitingNs();
      }
    }
    return best;
  }
}
