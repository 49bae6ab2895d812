package org.rayshell.runtime.scheduler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.rayshell.RuntimeEnv;
import org.rayshell.runtime.view.WorkerInfo;
import org.rayshell.runtime.wire.Backend;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Peers;

/**
 * The scheduler of a node: who may use which worker, and how many workers there are. A state
 * machine of the driver's loop; what says so may be asked by any thread.
 */
public final class Raylet implements Scheduler {
  /** How long a worker whose connection broke may take to end before it is killed. */
  private static final long LOST_NS = 3_000_000_000L;

  /** How long the others wait for the first workers to be there. */
  private static final long FIRST_NS = 1_000_000_000L;

  /** Tasks without CPUs at once for each CPU; more wait. */
  private static final int FREE_TASKS_PER_CPU = 4;

  private static final int LEAST_FREE_TASKS = 8;

  private final ResourcePool resources;
  private final WorkerPool pool;
  private final Backend backend;
  private final RayletPort port;
  private final Reclaimer reclaimer;
  private final HealthCheck health;
  private final int freeTasks;
  private final int cpus;
  private final int first;
  private final TreeSet<LeaseRequest> waiting = new TreeSet<>();
  private final Map<Long, GrantedLease> leases = new HashMap<>();

  /** What was asked for last, and the same as the resources count it. */
  private Map<String, Double> latestAsked;

  private Map<String, Long> latestUnits;

  private long lastRequest;
  private long lastLease;
  private boolean ended;

  /**
   * A scheduler without workers.
   *
   * @param total what the node has
   * @param workers how many workers are kept
   * @param limit how many may live at once
   * @param first how many of them are started first, the others when one of those is there: if all
   *     were at once, each would be there later
   */
  public Raylet(
      Map<String, Double> total,
      int workers,
      int limit,
      int first,
      Backend backend,
      RayletPort port) {
    this.resources = new ResourcePool(total);
    this.pool = new WorkerPool(workers, Math.max(workers, limit), backend, port);
    this.backend = backend;
    this.port = port;
    this.reclaimer = new Reclaimer(port);
    this.health = new HealthCheck(pool, backend, port, HealthCheck.timeoutMs());
    this.cpus = workers;
    this.first = first;
    this.freeTasks = Math.max(LEAST_FREE_TASKS, FREE_TASKS_PER_CPU * workers);
  }

  /** Starts the workers. */
  @Override
  public synchronized void start() {
    pool.startBase(first);
    backend.schedule(FIRST_NS, this::startOthers);
    health.start();
  }

  /** Takes no more requests and starts no more workers. */
  @Override
  public synchronized void end() {
    ended = true;
    waiting.clear();
    health.end();
  }

  /** A message of an owner or a worker. */
  @Override
  public synchronized void received(String from, Message.ToRaylet message) {
    if (ended) {
      return;
    }
    switch (message) {
      case Message.RequestLease m -> request(from, m);
      case Message.CancelRequest m ->
          waiting.removeIf(r -> r.owner().equals(from) && r.id() == m.request());
      case Message.ReturnLease m -> {
        release(m.lease());
        schedule();
      }
      case Message.Blocked m -> blocked(m.lease(), true);
      case Message.Unblocked m -> blocked(m.lease(), false);
      case Message.KillWorker m -> {
        GrantedLease lease = leases.get(m.lease());
        if (lease != null && lease.request.owner().equals(from)) {
          port.killWorker(lease.worker.number);
        }
      }
      case Message.PeerLost m -> tellOfDeath(from, m.name());
      case Message.Staying _ -> {
        PooledWorker worker = pool.get(from);
        if (worker != null) {
          pool.stays(worker);
          schedule();
        }
      }
      case Message.Healthy m -> {
        PooledWorker worker = pool.get(from);
        if (worker != null) {
          health.answered(worker, m.check());
        }
      }
      default -> throw new IllegalArgumentException("not for the raylet: " + message);
    }
  }

  /** A process has connected; a worker can be used from now on. */
  @Override
  public synchronized void connected(String name, long pid) {
    PooledWorker worker = pool.get(name);
    if (worker != null) {
      pool.connected(worker, pid);
      schedule();
      startOthers();
    }
  }

  private synchronized void startOthers() {
    if (!ended) {
      pool.startBase();
    }
  }

  /** The connection to a process has ended. */
  @Override
  public synchronized void connectionLost(String name) {
    PooledWorker worker = pool.get(name);
    if (worker == null || !worker.isAlive()) {
      return;
    }
    pool.lost(worker);
    backend.schedule(
        LOST_NS,
        () -> {
          if (worker.state != PooledWorker.State.DEAD) {
            port.killWorker(worker.number);
          }
        });
  }

  /**
   * A worker process has ended, or could not be started.
   *
   * @param exit {@code exit code 1} or {@code signal 9 (SIGKILL)}
   */
  @Override
  public synchronized void exited(int number, String exit, String stderrTail) {
    PooledWorker worker = pool.get("w" + number);
    if (worker == null || worker.state == PooledWorker.State.DEAD) {
      return;
    }
    GrantedLease lease = worker.lease;
    String how = worker.killedFor == null ? exit : exit + ": " + worker.killedFor;
    pool.exited(worker, how, stderrTail);
    if (ended) {
      return;
    }
    if (lease != null) {
      release(lease.id);
    }
    ownerGone(worker.name);
    tellAll(death(worker));
    // Who waits comes first, should the limit be reached.
    schedule();
    pool.startBase();
  }

  /**
   * Has a worker killed that somebody does not want any more.
   *
   * @return false if none lives in that process
   */
  @Override
  public synchronized boolean kill(long pid, String why) {
    PooledWorker worker = pool.alive(pid);
    if (worker != null) {
      worker.killedFor = why;
      port.killWorker(worker.number);
    }
    return worker != null;
  }

  /** What the workers were started with that live, by pid. */
  @Override
  public synchronized Map<Long, RuntimeEnv> environments() {
    return pool.environments();
  }

  @Override
  public synchronized Map<String, Double> total() {
    return resources.total();
  }

  @Override
  public synchronized Map<String, Double> available() {
    return resources.available();
  }

  @Override
  public synchronized int aliveWorkers() {
    return pool.alive();
  }

  @Override
  public synchronized List<WorkerInfo> workers() {
    List<WorkerInfo> infos = new ArrayList<>();
    for (PooledWorker worker : pool.all()) {
      infos.add(
          new WorkerInfo(
              worker.name,
              worker.pid,
              state(worker),
              null,
              0,
              0,
              0,
              worker.started,
              worker.ended,
              worker.exit));
    }
    return infos;
  }

  private static WorkerInfo.State state(PooledWorker worker) {
    return switch (worker.state) {
      case STARTING -> WorkerInfo.State.STARTING;
      case IDLE, LEAVING -> WorkerInfo.State.IDLE;
      case LEASED ->
          worker.lease != null && worker.lease.blocked
              ? WorkerInfo.State.BLOCKED
              : WorkerInfo.State.RUNNING;
      case LOST, DEAD -> WorkerInfo.State.DEAD;
    };
  }

  private void request(String from, Message.RequestLease message) {
    PooledWorker asker = pool.get(from);
    boolean gone = asker == null || asker.state == PooledWorker.State.DEAD;
    if (gone && !from.equals(Peers.DRIVER)) {
      // Sent before it died, or by nobody's worker: nobody would give the lease back.
      return;
    }
    Map<String, Long> shape = units(message.shape());
    LeaseRequest request =
        new LeaseRequest(
            ++lastRequest,
            from,
            message.request(),
            shape,
            message.shape(),
            message.depth(),
            message.env());
    if (!resources.isFeasible(shape)) {
      refuse(request, Infeasible.reason(message.shape(), resources.total()));
      return;
    }
    if (waiting.isEmpty() && canBeGranted(request)) {
      // Most often: then nobody else need be looked at.
      grant(request);
      return;
    }
    waiting.add(request);
    schedule();
  }

  /** Most often the same as of the request before. */
  private Map<String, Long> units(Map<String, Double> asked) {
    if (asked != latestAsked) {
      latestUnits = ResourcePool.units(asked);
      latestAsked = asked;
    }
    return latestUnits;
  }

  private boolean canBeGranted(LeaseRequest request) {
    return resources.hasFree(request.shape())
        && pool.hasIdle(request.env())
        && !isOneTooMany(request);
  }

  /** Whether so many tasks without CPUs run already that another one waits. */
  private boolean isOneTooMany(LeaseRequest request) {
    return request.cpus() == 0 && freeTasksRunning() >= freeTasks;
  }

  private void refuse(LeaseRequest request, String reason) {
    port.send(request.owner(), new Message.LeaseRefused(request.id(), reason));
  }

  /** Grants what can be granted, and sees to it that the rest can be later. */
  private void schedule() {
    if (waiting.isEmpty()) {
      return;
    }
    Map<String, Long> left = resources.free();
    Map<RuntimeEnv, Integer> toStart = new LinkedHashMap<>();
    for (Iterator<LeaseRequest> requests = waiting.iterator(); requests.hasNext(); ) {
      LeaseRequest request = requests.next();
      if (!ResourcePool.fits(request.shape(), left)) {
        reclaimer.reclaim(request, left, leases.values());
        if (reclaimer.lacksOnlyCpus(request, left)) {
          // What comes later must not keep it from ever being granted.
          ResourcePool.reserve(request.shape(), left);
        }
      } else if (isOneTooMany(request)) {
        continue;
      } else if (pool.hasIdle(request.env())) {
        requests.remove();
        ResourcePool.reserve(request.shape(), left);
        grant(request);
      } else {
        ResourcePool.reserve(request.shape(), left);
        toStart.merge(request.env(), 1, Integer::sum);
      }
    }
    toStart.forEach(pool::startForWaiting);
    toStart.keySet().forEach(this::refuseIfHopeless);
  }

  private long freeTasksRunning() {
    return leases.values().stream().filter(l -> l.request.cpus() == 0 && !l.blocked).count();
  }

  private void grant(LeaseRequest request) {
    PooledWorker worker = pool.takeIdle(request.env());
    GrantedLease lease = new GrantedLease(++lastLease, request, worker);
    worker.lease = lease;
    leases.put(lease.id, lease);
    resources.take(request.shape());
    port.send(
        request.owner(), new Message.LeaseGranted(request.id(), lease.id, worker.name, worker.pid));
  }

  /** Without a worker that may ever be free, those who wait would do so for ever. */
  private void refuseIfHopeless(RuntimeEnv env) {
    String reason = pool.startFailure(env);
    if (reason != null && env.isEmpty()) {
      reason = "no worker process comes up: " + reason;
    } else if (reason != null) {
      reason =
          "no worker process comes up with its runtimeEnv: "
              + reason
              + "\nchange what does not work of it: env="
              + env.env()
              + ", jvmOptions="
              + env.jvmOptions();
    } else if (pool.isExhausted() && leases.values().stream().allMatch(l -> l.blocked)) {
      reason =
          "all workers are blocked in Ray.get or Ray.wait, and no more can be started: workers="
              + pool.alive()
              + ", limit="
              + pool.limit()
              + " (by this machine's memory); make fewer tasks wait for others at once";
    } else {
      return;
    }
    pool.forgetFailures(env);
    List<LeaseRequest> refused = waiting.stream().filter(r -> r.env().equals(env)).toList();
    for (LeaseRequest request : refused) {
      waiting.remove(request);
      refuse(request, reason);
    }
  }

  private void release(long id) {
    GrantedLease lease = leases.remove(id);
    if (lease == null) {
      return;
    }
    resources.give(lease.request.shape());
    if (lease.blocked) {
      resources.takeCpus(lease.request.cpus());
    }
    lease.worker.lease = null;
    if (lease.worker.state == PooledWorker.State.LEASED) {
      pool.makeIdle(lease.worker);
    }
  }

  private void blocked(long id, boolean begins) {
    GrantedLease lease = leases.get(id);
    if (lease == null || lease.blocked == begins) {
      return;
    }
    lease.blocked = begins;
    if (begins) {
      resources.giveCpus(lease.request.cpus());
      schedule();
      pool.startAhead(spares());
    } else {
      // Taken back even if others have them by now: the task goes on either way.
      resources.takeCpus(lease.request.cpus());
    }
  }

  /** How many idle workers are kept ahead of need while tasks wait for others below them. */
  private int spares() {
    long blocked = leases.values().stream().filter(l -> l.blocked).count();
    return Math.clamp(blocked / 2, 1, Math.max(1, cpus));
  }

  private void tellOfDeath(String asker, String name) {
    PooledWorker worker = pool.get(name);
    if (worker == null) {
      port.send(asker, new Message.WorkerDied(name, 0, "it ended long ago", ""));
    } else if (worker.state == PooledWorker.State.DEAD) {
      port.send(asker, death(worker));
    } else {
      // All are told when it has ended.
      connectionLost(name);
    }
  }

  /** Any process may have refs of what the dead one owned, or own what it had refs of. */
  private void tellAll(Message.WorkerDied death) {
    port.send(Peers.DRIVER, death);
    for (PooledWorker worker : pool.all()) {
      if (worker.isAlive() && worker.state != PooledWorker.State.STARTING) {
        port.send(worker.name, death);
      }
    }
  }

  private static Message.WorkerDied death(PooledWorker worker) {
    return new Message.WorkerDied(worker.name, worker.pid, worker.exit, worker.stderrTail);
  }

  /** What a dead process asked for is off, and what runs for it has nobody to return to. */
  private void ownerGone(String owner) {
    waiting.removeIf(request -> request.owner().equals(owner));
    for (GrantedLease lease : List.copyOf(leases.values())) {
      if (lease.request.owner().equals(owner)) {
        port.killWorker(lease.worker.number);
      }
    }
  }
}
