package org.rayshell.runtime.scheduler;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rayshell.runtime.wire.Backend;
import org.rayshell.runtime.wire.Message;

/**
 * The worker processes: as many as there are CPUs, and spares for those whose tasks are blocked.
 * Idle spares are asked to leave. Belongs to the raylet.
 */
final class WorkerPool {
  /** How long a spare may be idle. */
  private static final long SPARE_IDLE_NS = 10_000_000_000L;

  /** After so many workers in a row that did not come up, no more are tried for what waits. */
  private static final int FAILED_STARTS = 3;

  private static final int DEAD_KEPT = 50;

  private final int base;
  private final int limit;
  private final Backend backend;
  private final RayletPort port;
  private final Map<String, PooledWorker> byName = new LinkedHashMap<>();

  /** The one used last comes first: its caches are warm. */
  private final Deque<PooledWorker> idle = new ArrayDeque<>();

  private int lastNumber;
  private int alive;
  private int starting;
  private int failedStarts;
  private boolean sweeping;
  private String lastFailure = "";

  /**
   * @param base how many are kept
   * @param limit how many may live at once
   */
  WorkerPool(int base, int limit, Backend backend, RayletPort port) {
    this.base = base;
    this.limit = limit;
    this.backend = backend;
    this.port = port;
  }

  /** Starts workers until so many are alive, as far as the limit allows. */
  private void startUpTo(int wanted) {
    while (alive < Math.min(wanted, limit)) {
      PooledWorker worker = new PooledWorker(++lastNumber, backend.epochNs());
      byName.put(worker.name, worker);
      alive++;
      starting++;
      port.startWorker(worker.number);
    }
  }

  /** Starts what is missing of the base. */
  void startBase() {
    if (failedStarts < FAILED_STARTS) {
      startUpTo(base);
    }
  }

  /** Starts workers until so many are on their way. */
  void startForWaiting(int wanted) {
    if (wanted > starting && failedStarts < FAILED_STARTS) {
      startUpTo(alive + wanted - starting);
    }
  }

  /** Whether neither an idle worker is there, nor will be without one that works. */
  boolean isExhausted() {
    return starting == 0 && alive >= limit;
  }

  /** Why no worker comes up; null while there is hope. */
  String startFailure() {
    return failedStarts >= FAILED_STARTS && alive == 0 ? lastFailure : null;
  }

  /** Lets the next request try again. */
  void forgetFailures() {
    failedStarts = 0;
  }

  int limit() {
    return limit;
  }

  boolean hasIdle() {
    return !idle.isEmpty();
  }

  int idleCount() {
    return idle.size();
  }

  /** Takes an idle worker; there is one. */
  PooledWorker takeIdle() {
    PooledWorker worker = idle.pop();
    worker.state = PooledWorker.State.LEASED;
    return worker;
  }

  /** The worker of that name; null if there never was, or long ago. */
  PooledWorker get(String name) {
    return byName.get(name);
  }

  Collection<PooledWorker> all() {
    return byName.values();
  }

  int alive() {
    return alive;
  }

  void connected(PooledWorker worker, long pid) {
    worker.pid = pid;
    if (worker.state == PooledWorker.State.STARTING) {
      starting--;
      failedStarts = 0;
      makeIdle(worker);
    }
  }

  /** The worker has no more tasks. */
  void makeIdle(PooledWorker worker) {
    worker.state = PooledWorker.State.IDLE;
    worker.lease = null;
    idle.push(worker);
    worker.idleSince = backend.epochNs();
    if (alive > base && !sweeping) {
      sweeping = true;
      backend.schedule(SPARE_IDLE_NS, this::sweep);
    }
  }

  /** Asks spares that have been idle long enough to leave. */
  private void sweep() {
    long longAgo = backend.epochNs() - SPARE_IDLE_NS;
    int staying = alive;
    for (PooledWorker worker : byName.values()) {
      staying -= worker.state == PooledWorker.State.LEAVING ? 1 : 0;
    }
    while (staying > base && !idle.isEmpty() && idle.getLast().idleSince <= longAgo) {
      PooledWorker spare = idle.removeLast();
      spare.state = PooledWorker.State.LEAVING;
      staying--;
      port.send(spare.name, new Message.ExitIfUnneeded());
    }
    sweeping = alive > base;
    if (sweeping) {
      backend.schedule(SPARE_IDLE_NS, this::sweep);
    }
  }

  /** A worker was asked to leave and does not: others still want its objects. */
  void stays(PooledWorker worker) {
    if (worker.state == PooledWorker.State.LEAVING) {
      makeIdle(worker);
    }
  }

  /** The worker does not answer any more. */
  void lost(PooledWorker worker) {
    if (!worker.isAlive()) {
      return;
    }
    if (worker.state == PooledWorker.State.STARTING) {
      starting--;
    }
    idle.remove(worker);
    alive--;
    worker.state = PooledWorker.State.LOST;
  }

  /** The process has ended. */
  void exited(PooledWorker worker, String exit, String stderrTail) {
    if (worker.state == PooledWorker.State.STARTING) {
      failedStarts++;
      lastFailure = exit + (stderrTail.isBlank() ? "" : "\n" + stderrTail);
    }
    lost(worker);
    worker.state = PooledWorker.State.DEAD;
    worker.ended = backend.epochNs();
    worker.exit = exit;
    worker.stderrTail = stderrTail;
    forgetOldest();
  }

  private void forgetOldest() {
    long dead = byName.values().stream().filter(w -> w.state == PooledWorker.State.DEAD).count();
    var workers = byName.values().iterator();
    while (dead > DEAD_KEPT && workers.hasNext()) {
      if (workers.next().state == PooledWorker.State.DEAD) {
        workers.remove();
        dead--;
      }
    }
  }
}
