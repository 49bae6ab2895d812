package org.rayshell.runtime.scheduler;

import java.util.ArrayDeque;
import java.util.Deque;
import org.rayshell.RuntimeEnv;

/** The workers of one environment, as far as the pool counts them. Belongs to the raylet. */
final class WorkerKind {
  /** After so many workers in a row that did not come up, no more are tried for what waits. */
  private static final int FAILED_STARTS = 3;

  final RuntimeEnv env;

  /** The one used last comes first: its caches are warm. */
  final Deque<PooledWorker> idle = new ArrayDeque<>();

  int alive;
  int starting;
  int failedStarts;
  String lastFailure = "";

  WorkerKind(RuntimeEnv env) {
    this.env = env;
  }

  /** Whether starting another is worth a try. */
  boolean mayStart() {
    return failedStarts < FAILED_STARTS;
  }

  /** Whether there is nothing to know of it. */
  boolean isForgotten() {
    return alive == 0 && failedStarts == 0;
  }
}
