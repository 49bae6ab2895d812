package org.rayshell.runtime;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.rayshell.NodeInfo;
import org.rayshell.ObjectRef;
import org.rayshell.RayException;
import org.rayshell.RayOptions;
import org.rayshell.RuntimeEnv;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.dashboard.DashboardServer;
import org.rayshell.runtime.owner.ObjectState;
import org.rayshell.runtime.owner.Origin;
import org.rayshell.runtime.owner.Owner;
import org.rayshell.runtime.scheduler.Raylet;
import org.rayshell.runtime.scheduler.RayletPort;
import org.rayshell.runtime.scheduler.Scheduler;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.store.arena.Block;
import org.rayshell.runtime.store.arena.BlockAddress;
import org.rayshell.runtime.view.ClusterInfo;
import org.rayshell.runtime.view.DriverView;
import org.rayshell.runtime.view.Records;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskLog;
import org.rayshell.runtime.wire.Connection;
import org.rayshell.runtime.wire.IoLoop;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.Peers;
import org.rayshell.runtime.wire.ProtocolException;
import org.rayshell.runtime.wire.TaskNews;
import org.rayshell.runtime.wire.TaskUpdate;
import org.rayshell.runtime.worker.ProcessCommand;
import org.rayshell.runtime.worker.SessionDirectory;
import org.rayshell.runtime.worker.WorkerCommand;

/** The runtime of a driver: owner of what it submits, and the node's raylet. Thread-safe. */
final class DriverRuntime extends ProcessRuntime implements RayletPort {
  /** Values smaller than this are not counted: the counting would cost more than they do. */
  private static final long COUNTED_BYTES = 1024;

  /** Whether such are garbage is worth a collection. */
  private static final long LARGE_BYTES = 100 << 10;

  /**
   * After so long without a new large value or ref of a worker's object, those that are garbage are
   * looked for.
   */
  private static final long QUIET_NS = 10_000_000_000L;

  private final SessionDirectory session;
  private final DriverHooks hooks;
  private final Scheduler raylet;
  private final WorkerLauncher launcher;

  /** Null if the tasks run on this machine. */
  private final ClusterSession cluster;

  private final OutputThread output;
  private final Records records = new Records();
  private final TaskLog log = records.tasks();
  private final LongAdder storedBytes = new LongAdder();
  private final DriverListener listener;
  private final DriverView view;
  private final String nodeId = NodeResources.newNodeId();
  private final IdleCollector collector =
      new IdleCollector(
          loop, QUIET_NS, () -> borrows() || storedBytes.sum() >= LARGE_BYTES, System::gc);
  private final Questions questions = new Questions();
  private final DriverInspector inspector;
  private DashboardServer dashboard;

  /** Null if there is none. */
  private final DriverArena arena;

  /** Most often the next task comes from the same cell. */
  private volatile Origin latestOrigin;

  private final UnaskedFailures unasked = new UnaskedFailures(loop, this::tellUnasked);

  private DriverRuntime(
      SessionDirectory session, DriverHooks hooks, RayOptions options, DriverListener listener)
      throws IOException {
    super(
        session.path(),
        session.secret(),
        Peers.DRIVER,
        0,
        hooks.codeSource(),
        listener,
        new RuntimeLog(options.loggingLevel())::warn);
    this.session = session;
    this.hooks = hooks;
    this.listener = listener;
    listener.driver = this;
    output = new OutputThread(hooks);
    cluster = options.isOnCluster() ? new ClusterSession(options, new Gateway()) : null;
    ProcessCommand command;
    if (cluster != null) {
      raylet = cluster.scheduler();
      arena = null;
      command = cluster.command(session);
    } else {
      NodeResources node = NodeResources.of(options);
      raylet =
          new Raylet(
              node.amounts(), node.workers(), node.limit(), NodeResources.free(), loop, this);
      long store = node.amounts().get("object_store_memory").longValue();
      arena =
          DriverArena.create(
              this,
              session.path(),
              session.spilled(),
              store,
              () -> List.copyOf(listener.pids.keySet()),
              new RuntimeLog(options.loggingLevel())::warn);
      command = WorkerCommand.of(node.workers(), options.workerHeap());
    }
    if (arena != null) {
      attach(arena);
    }
    launcher = new WorkerLauncher(command, session, loop.threadGroup(), this::workerExited);
    view =
        new DriverView(
            new DriverView.Session(
                session.path(),
                session.spilled(),
                nodeId,
                loop.epochNs(),
                ProcessHandle.current().pid(),
                loader(),
                hooks::trace,
                hooks::cellPage,
                hooks::frontEnds),
            raylet,
            records,
            owner.latest(),
            codec,
            storedBytes,
            loop::epochNs,
            this::borrowers);
    inspector =
        new DriverInspector(loop, owner, raylet, peers, listener::name, questions, view::preview);
  }

  /** Starts a session; returns before its workers are up. */
  static DriverRuntime start(RayOptions options, DriverHooks hooks) {
    SessionDirectory session = null;
    DriverRuntime driver = null;
    try {
      session = SessionDirectory.create(options.objectSpillingDirectory());
      driver = new DriverRuntime(session, hooks, options, new DriverListener());
      driver.loop.start();
      driver.loop.execute(driver.raylet::start);
      if (driver.arena != null) {
        driver.loop.execute(driver.arena::prepare);
      }
      if (driver.cluster != null) {
        driver.launcher.start(ClusterSession.GATEWAY, RuntimeEnv.create());
        Message.ClusterAttached attached = driver.cluster.await();
        driver.view.cluster(
            new ClusterInfo(
                options.address(),
                attached.version(),
                attached.job(),
                Optional.ofNullable(attached.dashboardUrl())));
      }
      if (options.includeDashboard()) {
        driver.dashboard = DashboardServer.start(driver.view, options.dashboardPort());
        driver.view.dashboard(driver.dashboard::url, driver.dashboard::note);
      }
      return driver;
    } catch (IOException | RuntimeException e) {
      if (driver != null) {
        driver.close("the session could not be started");
      } else if (session != null) {
        session.close();
      }
      throw e instanceof RayException known
          ? known
          : new RayException("the runtime cannot be started: " + e.getMessage(), e);
    }
  }

  DriverView view() {
    return view;
  }

  Inspector inspector() {
    return inspector;
  }

  /** Ends the session: its tasks, its workers, its folder. */
  void close(String why) {
    CountDownLatch done = new CountDownLatch(1);
    loop.execute(() -> {
      raylet.end();
      owner.end(why);
      questions.end(why);
      backlog.end();
      if (arena != null) {
        arena.end();
      }
      done.countDown();
    });
    Waiting.uninterruptibly(done);
    launcher.killAll();
    loop.stop();
    output.close();
    view.ended();
    if (arena != null) {
      arena.close();
    }
    // Before the dashboard, which waits for its readers: a kernel that ends may not wait for it.
    session.close();
    if (dashboard != null) {
      dashboard.close();
    }
  }

  /**
   * Cancels the tasks of all owners that are chosen, with what they submitted.
   *
   * @return those that had not ended
   */
  List<TaskInfo> cancel(Predicate<TaskInfo> chosen, boolean force) {
    List<TaskUpdate> live = log.live().stream().filter(t -> chosen.test(t.toInfo())).toList();
    loop.execute(() -> {
      for (TaskUpdate task : live) {
        String of = listener.name(task.ownerPid());
        if (of != null) {
          owner.cancel(of, task.id(), force, true);
        }
      }
    });
    return live.stream().map(TaskUpdate::toInfo).toList();
  }

  @Override
  void toSelf(Message message) {
    throw new IllegalStateException("a driver runs no tasks: " + message);
  }

  @Override
  void withoutDescriptors(String name) {
    toRaylet(new Message.PeerLost(name));
  }

  @Override
  Origin origin() {
    String cell = hooks.currentCell();
    Origin latest = latestOrigin;
    if (latest == null || !Objects.equals(latest.cell(), cell)) {
      latest = new Origin(cell, null, 0);
      latestOrigin = latest;
    }
    return latest;
  }

  /** Whoever has a task's ref sees the task, however busy the loop is. */
  @Override
  void submitted(Owner.Submission task, ShippedCall call) {
    records.submitted(task.result(), call, hooks.callPlace());
  }

  private List<Integer> borrowers(List<ObjectId> objects) {
    return CompletableFuture.supplyAsync(() -> owner.borrowers(objects), loop::execute).join();
  }

  @Override
  public ClassLoader loader() {
    if (hooks.codeSource() != null) {
      return hooks.codeSource().loader();
    }
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context != null ? context : ClassLoader.getSystemClassLoader();
  }

  @Override
  public Wait waits(Awaited what) {
    return hooks.waits(what);
  }

  @Override
  public void answers() {
    hooks.answers();
  }

  @Override
  public String place(ObjectId object) {
    return records.places().of(object.at(1));
  }

  @Override
  public boolean showsAllFrames() {
    return hooks.showsAllFrames();
  }

  /** Large values go to a cluster's store, where its tasks find them. */
  @Override
  ObjectState store(EncodedValue value, String cell) {
    return cluster != null && ClusterSession.isLarge(value)
        ? cluster.store(value, cell)
        : super.store(value, cell);
  }

  @Override
  public Map<String, Double> clusterResources() {
    return raylet.total();
  }

  @Override
  public Map<String, Double> availableResources() {
    return raylet.available();
  }

  @Override
  public List<NodeInfo> nodes() {
    return view.nodes();
  }

  @Override
  public String dashboardUrl() {
    return view.dashboardUrl().orElse(null);
  }

  // What the owner of this process needs.

  @Override
  public void toRaylet(Message.ToRaylet message) {
    loop.defer(() -> raylet.received(Peers.DRIVER, message));
  }

  @Override
  public void report(TaskUpdate now, TaskNews kept) {
    log.report(now, kept);
  }

  /** The log knows it since it was made. */
  @Override
  public void ready(TaskNews made) {}

  private void tellUnasked(TaskUpdate task) {
    output.afterwards(() -> hooks.unasked(task.cell(), task.function(), task.error()));
  }

  @Override
  public void failed(List<ObjectState> results) {
    unasked.failed(results);
  }

  @Override
  public void failed(TaskUpdate attempt, Outcome outcome) {
    records.failures().add(attempt, outcome);
  }

  @Override
  public void stored(Object held, long bytes) {
    if (bytes >= COUNTED_BYTES) {
      storedBytes.add(bytes);
      LongAdder sum = storedBytes;
      // The value, not the ref: it may go before that one.
      CLEANER.register(held, () -> sum.add(-bytes));
      if (bytes >= LARGE_BYTES) {
        loop.execute(collector::active);
      }
    }
  }

  // What the raylet needs.

  @Override
  public void send(String to, Message.FromRaylet message) {
    if (to.equals(Peers.DRIVER)) {
      loop.defer(() -> owner.received(message));
      return;
    }
    Connection connection = peers.known(to);
    if (connection != null) {
      connection.send(message);
    }
  }

  @Override
  public long traffic(String worker) {
    Connection connection = peers.known(worker);
    return connection == null ? 0 : connection.traffic();
  }

  @Override
  public void startWorker(int number, RuntimeEnv env) {
    launcher.start(number, env);
    log.touch();
  }

  @Override
  public void killWorker(int number) {
    launcher.kill(number);
  }

  /** On a thread of the worker's own, which may wait. */
  private void workerExited(int number, long pid, String exit, String stderrTail) {
    CountDownLatch read = new CountDownLatch(1);
    boolean gateway = cluster != null && number == ClusterSession.GATEWAY;
    String name = gateway ? Peers.GATEWAY : "w" + number;
    loop.execute(() -> listener.whenLost(name, read::countDown));
    // What it sent before its end counts, and what its tasks printed comes before their failure.
    Waiting.uninterruptibly(read);
    output.await();
    loop.execute(() -> {
      log.processEnded(pid, loop.epochNs());
      if (arena != null) {
        arena.died("w" + number);
      }
      raylet.exited(number, exit, stderrTail);
    });
  }

  /** What the gateway to a cluster has to do with here. */
  private final class Gateway implements ClusterSession.Driver {
    @Override
    public IoLoop loop() {
      return loop;
    }

    @Override
    public Owner owner() {
      return owner;
    }

    @Override
    public boolean toPeer(String name, Message message) {
      return DriverRuntime.this.toPeer(name, message);
    }

    @Override
    public void show(long pid, List<Message.TaskOutput.Line> lines) {
      listener.show(Peers.GATEWAY, pid, lines);
    }

    @Override
    public void changed() {
      log.touch();
    }
  }

  /** What comes from other processes. */
  private static final class DriverListener implements Peers.Listener {
    private DriverRuntime driver;
    private final Map<String, Long> pids = new HashMap<>();

    /** How many batches of lines of a worker are not yet shown. */
    private final Map<String, Integer> unshown = new HashMap<>();

    private final Map<String, Runnable> awaitedEnds = new HashMap<>();

    @Override
    public void met(String name, long pid) {
      pids.put(name, pid);
      driver.raylet.connected(name, pid);
      driver.log.touch();
    }

    @Override
    public void received(String name, Connection from, Message message) throws ProtocolException {
      // Not in the switch, whose first use takes a while: it is on the way to a first result.
      if (message instanceof Message.ToOwner result) {
        driver.owner.received(name, result);
        return;
      }
      switch (message) {
        case Message.TaskOutput m -> show(name, m.lines());
        case Message.FlushOutput m -> whenShown(name, () -> answerFlush(from, m));
        case Message.TaskUpdates m -> m.tasks().forEach(driver.log::report);
        case Message.Heartbeat m -> driver.log.heartbeat(m.task(), m.cpuNs());
        case Message.ResourcesRequest m ->
            from.send(
                new Message.ResourcesReply(
                    m.request(),
                    driver.raylet.total(),
                    driver.raylet.available(),
                    driver.nodeId,
                    driver.raylet.aliveWorkers(),
                    driver.dashboardUrl()));
        case Message.OfArena m -> driver.arena().received(name, m);
        case Message.OfCluster m when driver.cluster != null && name.equals(Peers.GATEWAY) ->
            driver.cluster.received(m);
        case Message.Answer m -> driver.questions.answered(name, m);
        case Message.ToRaylet m -> {
          driver.raylet.received(name, m);
          driver.log.touch();
        }
        case Message.ObjectReply m -> driver.owner.received(m);
        case Message.BorrowerAdded m -> driver.owner.received(m);
        case Message.OfResults m -> driver.owner.received(name, m);
        case Message.StoredAt m -> driver.owner.received(m);
        case Message.CountArrivals m -> driver.owner.received(name, m);
        case Message.ObjectFreed m -> driver.owner.received(m);
        default ->
            throw new ProtocolException("not for a driver: " + message.getClass().getSimpleName());
      }
    }

    @Override
    public ObjectRef<?> arrived(String name, RefAddress address) {
      driver.collector.active();
      return driver.owner.arrived(address, name);
    }

    @Override
    public Block block(String name, BlockAddress address) throws ProtocolException {
      driver.collector.active();
      return driver.arena().arrived(address);
    }

    private void show(String worker, List<Message.TaskOutput.Line> lines) {
      show(worker, pids.getOrDefault(worker, 0L), lines);
    }

    private void show(String worker, long pid, List<Message.TaskOutput.Line> lines) {
      unshown.merge(worker, 1, Integer::sum);
      driver.records.printed(driver.loop.epochNs(), pid, lines);
      driver.output.show(
          lines.stream()
              .map(line ->
                  new DriverHooks.TaskOutput(
                      line.cell(), line.function(), pid, line.stderr(), line.text()))
              .toList());
      driver.output.afterwards(() ->
          driver.loop.execute(
              () -> unshown.computeIfPresent(worker, (_, n) -> n == 1 ? null : n - 1)));
    }

    /** Runs the action on the loop once all is shown that the worker has sent. */
    private void whenShown(String worker, Runnable action) {
      if (unshown.containsKey(worker)) {
        driver.output.afterwards(() -> driver.loop.execute(action));
      } else {
        action.run();
      }
    }

    private static void answerFlush(Connection to, Message.FlushOutput flush) {
      to.send(new Message.OutputFlushed(flush.flush()));
    }

    /** The process of that id; null if it is gone. */
    String name(long pid) {
      if (pid == ProcessHandle.current().pid()) {
        return Peers.DRIVER;
      }
      return pids.entrySet().stream()
          .filter(each -> each.getValue() == pid)
          .map(Map.Entry::getKey)
          .findFirst()
          .orElse(null);
    }

    /** Runs the action once nothing more can come from the process. */
    void whenLost(String name, Runnable action) {
      if (pids.containsKey(name)) {
        awaitedEnds.put(name, action);
      } else {
        action.run();
      }
    }

    @Override
    public void lost(String name) {
      pids.remove(name);
      Runnable awaited = awaitedEnds.remove(name);
      if (awaited != null) {
        awaited.run();
      }
      driver.questions.lost(name);
      if (driver.arena != null) {
        driver.arena.lost(name);
      }
      driver.raylet.connectionLost(name);
      if (driver.cluster == null || !name.equals(Peers.GATEWAY)) {
        driver.owner.peerLost(name);
      }
      // Without its gateway a session is over, which the end of that process tells with the reason.
      driver.log.touch();
    }
  }
}
