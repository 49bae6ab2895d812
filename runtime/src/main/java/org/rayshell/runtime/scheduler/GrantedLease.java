package org.rayshell.runtime.scheduler;

/** A worker that an owner holds. Belongs to the raylet. */
final class GrantedLease {
  final long id;
  final LeaseRequest request;
  final PooledWorker worker;

  /** Its task waits for others: its CPUs are free. */
  boolean blocked;

  /** The owner was told to give it back after the task that runs. */
  boolean reclaimed;

  GrantedLease(long id, LeaseRequest request, PooledWorker worker) {
    this.id = id;
    this.request = request;
    this.worker = worker;
  }
}
