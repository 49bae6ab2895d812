package org.rayshell.runtime.scheduler;

import org.rayshell.RuntimeEnv;

/** A worker process as the raylet sees it. Belongs to the raylet. */
final class PooledWorker {
  /** What the pool may do with it. */
  enum State {
    /** Its process starts. */
    STARTING,
    /** It can be leased. */
    IDLE,
    /** An owner holds it. */
    LEASED,
    /** It was asked to end itself, and has not answered. */
    LEAVING,
    /** It does not answer any more; its end is awaited. */
    LOST,
    /** The process has ended. */
    DEAD
  }

  final int number;
  final String name;
  final RuntimeEnv env;
  final long started;
  long pid;
  long idleSince;
  State state = State.STARTING;
  GrantedLease lease;
  long ended;
  String exit;

  /** Why the raylet had it killed; null if it did not. */
  String killedFor;

  String stderrTail = "";

  PooledWorker(int number, RuntimeEnv env, long started) {
    this.env = env;
    this.number = number;
    this.name = "w" + number;
    this.started = started;
  }

  boolean isAlive() {
    return state != State.DEAD && state != State.LOST;
  }
}
