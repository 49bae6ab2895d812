package org.rayshell.runtime.scheduler;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.rayshell.RuntimeEnv;
import org.rayshell.runtime.wire.Backend;
import org.rayshell.runtime.wire.Message;

/**
 * The worker processes: as many as there are CPUs, spares for those whose tasks are blocked, and
 * those with an environment of their own. Idle ones that are not kept are asked to leave. Belongs
 * to the raylet.
 */
final class WorkerPool {
  /** How long a worker that is not kept may be idle. */
  private static final long SPARE_IDLE_NS = 10_000_000_000L;

  private static final int DEAD_KEPT = 50;

  private final int base;
  private final int limit;
  private final Backend backend;
  private final RayletPort port;
  private final Map<String, PooledWorker> byName = new LinkedHashMap<>();
  private final WorkerKind plain = new WorkerKind(RuntimeEnv.create());

  /** Those with an environment of their own. */
  private final Map<RuntimeEnv, WorkerKind> kinds = new LinkedHashMap<>();

  private int lastNumber;
  private int alive;
  private int starting;
  private int leaving;
  private boolean sweeping;

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

  private WorkerKind kind(RuntimeEnv env) {
    return env.isEmpty() ? plain : kinds.computeIfAbsent(env, WorkerKind::new);
  }

  /** The same to look at; not remembered if there is no such worker. */
  private WorkerKind known(RuntimeEnv env) {
    return env.isEmpty() ? plain : kinds.getOrDefault(env, new WorkerKind(env));
  }

  /** Starts so many workers, as far as the limit allows; returns how many it does not. */
  private int start(WorkerKind kind, int wanted) {
    int missing = wanted;
    for (; missing > 0 && alive < limit; missing--) {
      PooledWorker worker = new PooledWorker(++lastNumber, kind.env, backend.epochNs());
      byName.put(worker.name, worker);
      alive++;
      starting++;
      kind.alive++;
      kind.starting++;
      port.startWorker(worker.number, kind.env);
    }
    return Math.max(0, missing);
  }

  /** Starts what is missing of the base. */
  void startBase() {
    startBase(base);
  }

  /** Starts what is missing of the base, but no more than so many. */
  void startBase(int most) {
    if (plain.mayStart()) {
      start(plain, Math.min(most, base - plain.alive));
    }
  }

  /** Starts workers until so many are on their way; idle ones of other kinds make room. */
  void startForWaiting(RuntimeEnv env, int wanted) {
    WorkerKind kind = kind(env);
    if (kind.mayStart()) {
      makeRoom(kind, start(kind, wanted - kind.starting) - leaving);
    }
    kinds.values().removeIf(WorkerKind::isForgotten);
  }

  private void makeRoom(WorkerKind kind, int wanted) {
    List<WorkerKind> others = new ArrayList<>(kinds.values());
    others.add(plain);
    others.remove(kind);
    int missing = wanted;
    for (WorkerKind other : others) {
      for (; missing > 0 && !other.idle.isEmpty(); missing--) {
        askToLeave(other.idle.removeLast());
      }
    }
  }

  /** Starts workers until so many without an environment are idle or on their way. */
  void startAhead(int wanted) {
    if (plain.mayStart()) {
      start(plain, wanted - plain.starting - plain.idle.size());
    }
  }

  /** Whether neither an idle worker is there, nor will be without one that works. */
  boolean isExhausted() {
    return starting == 0 && leaving == 0 && alive >= limit;
  }

  /** Why no worker comes up; null while there is hope. */
  String startFailure(RuntimeEnv env) {
    WorkerKind kind = known(env);
    return !kind.mayStart() && kind.alive == 0 ? kind.lastFailure : null;
  }

  /** Lets the next request try again. */
  void forgetFailures(RuntimeEnv env) {
    known(env).failedStarts = 0;
    kinds.values().removeIf(WorkerKind::isForgotten);
  }

  int limit() {
    return limit;
  }

  boolean hasIdle(RuntimeEnv env) {
    return !known(env).idle.isEmpty();
  }

  /** Takes an idle worker; there is one. */
  PooledWorker takeIdle(RuntimeEnv env) {
    PooledWorker worker = kind(env).idle.pop();
    worker.state = PooledWorker.State.LEASED;
    return worker;
  }

  /** The worker of that name; null if there never was, or long ago. */
  PooledWorker get(String name) {
    return byName.get(name);
  }

  /** The worker in that process; null if none lives there. */
  PooledWorker alive(long pid) {
    return byName.values().stream()
        .filter(worker -> worker.pid == pid && worker.state != PooledWorker.State.DEAD)
        .findFirst()
        .orElse(null);
  }

  /** What those were started with that live, by pid. */
  Map<Long, RuntimeEnv> environments() {
    return byName.values().stream()
        .filter(worker -> worker.pid != 0 && worker.state != PooledWorker.State.DEAD)
        .collect(Collectors.toMap(worker -> worker.pid, worker -> worker.env, (_, later) -> later));
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
      WorkerKind kind = kind(worker.env);
      starting--;
      kind.starting--;
      kind.failedStarts = 0;
      makeIdle(worker);
    }
  }

  /** The worker has no more tasks. */
  void makeIdle(PooledWorker worker) {
    worker.state = PooledWorker.State.IDLE;
    worker.lease = null;
    kind(worker.env).idle.push(worker);
    worker.idleSince = backend.epochNs();
    sweepLater();
  }

  private void sweepLater() {
    if (!sweeping && (plain.alive > base || kinds.values().stream().anyMatch(k -> k.alive > 0))) {
      sweeping = true;
      backend.schedule(SPARE_IDLE_NS, this::sweep);
    }
  }

  /** Asks those that have been idle long enough to leave. */
  private void sweep() {
    long longAgo = backend.epochNs() - SPARE_IDLE_NS;
    long going =
        byName.values().stream()
            .filter(w -> w.state == PooledWorker.State.LEAVING && w.env.isEmpty())
            .count();
    sweep(plain, plain.alive - (int) going - base, longAgo);
    List.copyOf(kinds.values()).forEach(kind -> sweep(kind, kind.alive, longAgo));
    sweeping = false;
    sweepLater();
  }

  private void sweep(WorkerKind kind, int most, long longAgo) {
    int left = most;
    while (left-- > 0 && !kind.idle.isEmpty() && kind.idle.getLast().idleSince <= longAgo) {
      askToLeave(kind.idle.removeLast());
    }
  }

  private void askToLeave(PooledWorker worker) {
    worker.state = PooledWorker.State.LEAVING;
    leaving++;
    port.send(worker.name, new Message.ExitIfUnneeded());
  }

  /** A worker was asked to leave and does not: others still want its objects. */
  void stays(PooledWorker worker) {
    if (worker.state == PooledWorker.State.LEAVING) {
      leaving--;
      makeIdle(worker);
    }
  }

  /** The worker does not answer any more. */
  void lost(PooledWorker worker) {
    if (!worker.isAlive()) {
      return;
    }
    WorkerKind kind = kind(worker.env);
    if (worker.state == PooledWorker.State.STARTING) {
      starting--;
      kind.starting--;
    } else if (worker.state == PooledWorker.State.LEAVING) {
      leaving--;
    }
    kind.idle.remove(worker);
    alive--;
    kind.alive--;
    worker.state = PooledWorker.State.LOST;
    kinds.values().removeIf(WorkerKind::isForgotten);
  }

  /** The process has ended. */
  void exited(PooledWorker worker, String exit, String stderrTail) {
    if (worker.state == PooledWorker.State.STARTING) {
      WorkerKind kind = kind(worker.env);
      kind.failedStarts++;
      kind.lastFailure = exit + (stderrTail.isBlank() ? "" : "\n" + stderrTail);
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
