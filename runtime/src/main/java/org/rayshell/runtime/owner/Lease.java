package org.rayshell.runtime.owner;

/** A worker that the raylet has lent to this owner. Belongs to the loop. */
final class Lease {
  final long id;
  final String worker;
  final long workerPid;
  final ShapeQueue queue;

  /** What it runs; null if nothing. */
  PendingTask running;

  /** Whether the raylet wants it back after the task that runs. */
  boolean reclaimed;

  Lease(long id, String worker, long workerPid, ShapeQueue queue) {
    this.id = id;
    this.worker = worker;
    this.workerPid = workerPid;
    this.queue = queue;
  }
}
