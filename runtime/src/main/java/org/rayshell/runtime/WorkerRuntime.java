package org.rayshell.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.rayshell.NodeInfo;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.code.Export;
import org.rayshell.runtime.owner.Origin;
import org.rayshell.runtime.profile.TaskProfiler;
import org.rayshell.runtime.store.arena.Block;
import org.rayshell.runtime.store.arena.BlockAddress;
import org.rayshell.runtime.wire.Connection;
import org.rayshell.runtime.wire.FrameTooLargeException;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.Peers;
import org.rayshell.runtime.wire.ProtocolException;
import org.rayshell.runtime.wire.TaskNews;
import org.rayshell.runtime.wire.TaskUpdate;
import org.rayshell.runtime.worker.WorkerLog;

/** The runtime of a worker: runs tasks of others, and owns what those submit. Thread-safe. */
public final class WorkerRuntime extends ProcessRuntime implements TaskRunner.Listener {
  private static final long HEARTBEAT_NS = 1_000_000_000L;

  /** A task that takes no longer than this is reported only when it has ended. */
  private static final long QUIET_START_NS = 2_000_000L;

  /** How long the watch for the driver's end may take. */
  private static final long ORPHAN_NS = 500_000_000L;

  /**
   * The exit code of a process that ends itself for a task that is cancelled by force: SIGKILL's.
   */
  private static final int KILLED = 128 + 9;

  /** Results of short tasks that end within this, with others behind them, are sent together. */
  private static final long TOGETHER_NS = 100_000;

  private static final long UPDATES_NS = 50_000_000L;
  private static final int UPDATES_AT_ONCE = 256;

  /** After so long without a task the refs and values that tasks have left are looked for. */
  private static final long QUIET_NS = 1_000_000_000L;

  /** So much output may be on its way: a driver that shows it slowly is not buried in it. */
  private static final long MOST_UNSHOWN = 256 << 10;

  private final OutputRelay output = new OutputRelay(() -> loop.execute(this::sendOutput));

  /** Made beforehand: a task's first line must not wait for that, since it may be its last. */
  private final Runnable shown = this::outputShown;

  private final Listener listener;
  private final Spin spin;
  private final TaskRunner runner;
  private final HeldTasks held;
  private final TaskProfiler profiler;
  private final WorkerAnswers answers;
  private final Path folder;
  private volatile RunningTask current;

  /** When results were sent last, epoch nanoseconds; the running thread's. */
  private long concludedNs;

  // The loop's.
  private final Map<Long, Runnable> flushes = new HashMap<>();
  private final Map<Long, CompletableFuture<Message.ResourcesReply>> questions = new HashMap<>();
  private List<TaskUpdate> updates = new ArrayList<>();
  private RunningTask announced;
  private RunningTask beaten;
  private long beatenCpu;
  private boolean startPending;

  /** The task that keeps others from being begun soon: what is sent while it runs goes back. */
  private RunningTask holder;

  private boolean updatesPending;
  private boolean toldDriver;

  /** The batches of output that the driver was sent and has not yet shown, in characters. */
  private final ArrayDeque<Long> batches = new ArrayDeque<>();

  private long unshown;

  /** Results of tasks that have printed more than the driver was sent. */
  private final ArrayDeque<Runnable> unfinished = new ArrayDeque<>();

  private long lastNumber;
  private final IdleCollector collector =
      new IdleCollector(
          loop, QUIET_NS, () -> current == null && (borrows() || stores()), System::gc);

  private WorkerRuntime(Path folder, byte[] secret, int number, Listener listener)
      throws IOException {
    // Not by System.err, which is that of the task that runs.
    super(folder, secret, "w" + number, number, null, listener, WorkerLog::keep);
    this.folder = folder;
    this.listener = listener;
    spin = new Spin(loop);
    runner = new TaskRunner(codec, folder, output, loop::epochNs, this);
    held = new HeldTasks(loop, runner, owner, this::isHeldUp, this::sendOutput, () -> halt(KILLED));
    profiler = new TaskProfiler(loop, folder, runner::thread, () -> RunningTask.profiled(current));
    answers =
        new WorkerAnswers(
            owner,
            () -> RunningStack.of(runner.thread(), current),
            profiler,
            answer -> toPeer(Peers.DRIVER, answer));
    listener.worker = this;
  }

  /**
   * Connects this process to the driver of a session as a worker, and runs tasks on the calling
   * thread until the driver ends it or is gone.
   */
  public static void run(Path folder, byte[] secret, int number) throws IOException {
    WorkerRuntime worker = new WorkerRuntime(folder, secret, number, new Listener());
    WorkerArena arena = WorkerArena.open(worker, folder);
    if (arena != null) {
      worker.attach(arena);
    }
    Runtimes.attach(worker, new WorkerView(worker, folder));
    worker.loop.start();
    worker.loop.execute(worker::connect);
    try {
      worker.runner.run();
    } catch (Throwable e) {
      // Not of a task: those are caught. Threads that tasks left must not keep the process.
      e.printStackTrace();
      halt(1);
    }
  }

  private void connect() {
    try {
      peers.to(Peers.DRIVER);
      loop.schedule(HEARTBEAT_NS, this::heartbeat);
    } catch (IOException _) {
      halt(1);
    }
  }

  /** Ends the process, whatever its tasks do. */
  private static void halt(int status) {
    Runtime.getRuntime().halt(status);
  }

  Path folder() {
    return folder;
  }

  // Tasks, on the thread that runs them.

  /** The id of the task that runs; empty between two. */
  Optional<String> runningTask() {
    RunningTask task = current;
    return task == null ? Optional.empty() : Optional.of(task.task.task().taskId());
  }

  @Override
  public void began(RunningTask task) {
    current = task;
    profiler.began(() -> RunningTask.profiled(task));
  }

  @Override
  public void ended(RunningTask task, Message.TaskDone result) {
    task.end(begins -> tellBlocked(task, begins));
    current = null;
    profiler.ended();
    Runnable finish = () -> finish(task, result);
    long now = result.ended();
    boolean soon = !runner.isIdle() && now - concludedNs <= TOGETHER_NS;
    if (!soon) {
      concludedNs = now;
    }
    loop.executeAtBottom(finish, soon);
  }

  @Override
  public void awaitTask(BooleanSupplier there) throws InterruptedException {
    if (!spin.forUpTo(Long.MAX_VALUE, there)) {
      loop.await(there, false, 0);
    }
  }

  @Override
  void toSelf(Message message) {
    try {
      listener.received(owner.name(), null, message);
    } catch (ProtocolException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Others can do what this process cannot: its tasks run again there. */
  @Override
  void withoutDescriptors(String name) {
    WorkerLog.keep(
        "no file descriptor is left in this worker, so it cannot connect to "
            + name
            + " and ends itself; close what tasks open, or raise the limit (ulimit -n)");
    halt(1);
  }

  @Override
  Origin origin() {
    RunningTask task = current;
    return task == null
        ? new Origin(null, null, 1)
        : new Origin(task.task.cell(), task.task.task(), task.task.depth() + 1);
  }

  @Override
  public ClassLoader loader() {
    RunningTask task = current;
    return task == null ? ClassLoader.getSystemClassLoader() : task.loader;
  }

  @Override
  public void made(RunningTask task, Message.TaskItem item) {
    loop.execute(() -> sendItem(task.owner, item));
  }

  private void sendItem(String owner, Message.TaskItem item) {
    try {
      this.owner.send(owner, item);
    } catch (FrameTooLargeException e) {
      Outcome refused =
          Outcome.failure(Outcome.Kind.REFUSED, "one of its results is " + e.getMessage());
      toPeer(owner, new Message.TaskItem(item.task(), item.attempt(), item.number(), refused));
    }
  }

  @Override
  public Wait waits(Awaited what) {
    return Wait.ended(waits());
  }

  @Override
  public void answers() {}

  /** A thread that a task left behind may go on when another one runs: it stays the first one's. */
  @Override
  public Runnable waits() {
    RunningTask task = current;
    if (task == null) {
      return () -> {};
    }
    task.blocked(true, now -> tellBlocked(task, now));
    return () -> task.blocked(false, now -> tellBlocked(task, now));
  }

  private void tellBlocked(RunningTask task, boolean begins) {
    long lease = task.task.lease();
    loop.execute(() -> {
      if (begins) {
        hold(task);
      }
      toRaylet(begins ? new Message.Blocked(lease) : new Message.Unblocked(lease));
    });
  }

  // Tasks, on the loop.

  private void assigned(String owner, Message.PushTask task) {
    held.sent(task, owner);
    announceSoon();
  }

  /** The owner has other workers for what has not begun here. */
  private void takeBack(String owner, Message.ReturnTasks wanted) {
    List<ObjectId> back = held.giveBack(wanted.lease(), wanted.max());
    toPeer(owner, new Message.TasksReturned(wanted.lease(), back, null));
  }

  /** The task takes long, or waits for others: what is behind it must not wait for it. */
  private void hold(RunningTask task) {
    if (task != current || task == holder) {
      return;
    }
    holder = task;
    List<ObjectId> back = held.giveBack(task.task.lease(), Integer.MAX_VALUE);
    giveBack(task.owner, task.task.lease(), back, task);
  }

  private void giveBack(String owner, long lease, List<ObjectId> tasks, RunningTask keeping) {
    toPeer(owner, new Message.TasksReturned(lease, tasks, keeping.task.task()));
  }

  /** Whether the task goes back to its owner, since the one that runs holds up all others. */
  private boolean isHeldUp(Message.PushTask task, String owner) {
    RunningTask holding = holder;
    if (holding == null || holding != current) {
      return false;
    }
    giveBack(owner, task.lease(), List.of(task.task()), holding);
    return true;
  }

  private void announceSoon() {
    if (!startPending) {
      startPending = true;
      loop.schedule(QUIET_START_NS, this::announceStart);
    }
  }

  private void announceStart() {
    startPending = false;
    if (held.isEmpty()) {
      return;
    }
    RunningTask task = current;
    long ranNs = task == null ? 0 : loop.epochNs() - task.started;
    if (task != null && ranNs >= QUIET_START_NS) {
      if (task != announced) {
        announced = task;
        toPeer(
            task.owner,
            new Message.TaskStarted(task.task.task(), task.task.attempt(), task.started));
        hold(task);
      }
      return;
    }
    startPending = true;
    loop.schedule(QUIET_START_NS - Math.max(0, ranNs), this::announceStart);
  }

  private void heartbeat() {
    loop.schedule(HEARTBEAT_NS, this::heartbeat);
    RunningTask task = current;
    if (task == null) {
      return;
    }
    long cpu = runner.cpuNs() - task.cpuAtStart;
    // A task that waits uses none: it need not wake the driver either.
    if (task != beaten || cpu != beatenCpu) {
      beaten = task;
      beatenCpu = cpu;
      toRaylet(new Message.Heartbeat(task.task.task(), cpu));
    }
  }

  private void cancel(Message.CancelTask message) {
    String owner = held.cancel(message);
    if (owner != null) {
      sendResult(owner, runner.unbegun(message));
    }
  }

  private void finish(RunningTask task, Message.TaskDone result) {
    forget(task);
    collector.active();
    held.ended(result);
    if (holder == task) {
      holder = null;
    }
    if (!held.isEmpty()) {
      announceSoon();
    }
    if (unshown >= MOST_UNSHOWN) {
      unfinished.add(() -> conclude(task, result));
    } else {
      conclude(task, result);
    }
  }

  /** What is remembered of a task must not keep its arguments. */
  private void forget(RunningTask task) {
    announced = announced == task ? null : announced;
    beaten = beaten == task ? null : beaten;
  }

  /** The driver must know of the output and the tasks below before anyone hears of the result. */
  private void conclude(RunningTask task, Message.TaskDone result) {
    sendOutput();
    sendUpdates();
    boolean mustWait = unshown > 0 || toldDriver && !task.owner.equals(Peers.DRIVER);
    toldDriver = false;
    if (mustWait) {
      flush(() -> sendResult(task.owner, result));
    } else {
      sendResult(task.owner, result);
    }
  }

  /** Runs the action once the driver has shown the output that it was sent. */
  private void flush(Runnable action) {
    flushes.put(++lastNumber, action);
    toRaylet(new Message.FlushOutput(lastNumber));
  }

  private void sendResult(String owner, Message.TaskDone result) {
    try {
      this.owner.send(
          owner, result.with(this.owner.results().keep(result.task(), result.outcome(), owner)));
    } catch (FrameTooLargeException e) {
      String error = "its result is " + e.getMessage();
      toPeer(
          owner,
          new Message.TaskDone(
              result.task(),
              result.attempt(),
              Outcome.failure(Outcome.Kind.REFUSED, error),
              error,
              result.started(),
              result.ended(),
              result.cpuNs(),
              false));
    }
  }

  /** Sends what tasks printed, unless the driver has still to show much of what came before. */
  private void sendOutput() {
    if (unshown >= MOST_UNSHOWN) {
      return;
    }
    List<Message.TaskOutput.Line> lines = output.take();
    if (!lines.isEmpty()) {
      WorkerLog.keepOutput(printed(lines));
      toRaylet(new Message.TaskOutput(lines));
      flush(shown);
      long chars = OutputRelay.weight(lines);
      batches.add(chars);
      unshown += chars;
    }
  }

  /** Of the lines those of stdout: those of stderr are in the log as soon as they are printed. */
  private static List<String> printed(List<Message.TaskOutput.Line> lines) {
    List<String> printed = new ArrayList<>(lines.size());
    for (Message.TaskOutput.Line line : lines) {
      if (!line.stderr()) {
        printed.add(line.text());
      }
    }
    return printed;
  }

  private void outputShown() {
    unshown -= batches.remove();
    if (unshown >= MOST_UNSHOWN) {
      return;
    }
    if (unfinished.isEmpty()) {
      sendOutput();
    }
    while (unshown < MOST_UNSHOWN && !unfinished.isEmpty()) {
      unfinished.poll().run();
    }
  }

  @Override
  public void report(TaskUpdate now, TaskNews kept) {
    updates.add(now);
    if (updates.size() >= UPDATES_AT_ONCE) {
      sendUpdates();
    } else if (!updatesPending) {
      updatesPending = true;
      loop.schedule(
          UPDATES_NS,
          () -> {
            updatesPending = false;
            sendUpdates();
          });
    }
  }

  private void sendUpdates() {
    if (!updates.isEmpty()) {
      toldDriver = true;
      toRaylet(new Message.TaskUpdates(updates));
      updates = new ArrayList<>();
    }
  }

  @Override
  public void toRaylet(Message.ToRaylet message) {
    toPeer(Peers.DRIVER, message);
  }

  // What the user asks of the driver.

  Message.ResourcesReply resources() {
    CompletableFuture<Message.ResourcesReply> answer = new CompletableFuture<>();
    loop.execute(() -> {
      questions.put(++lastNumber, answer);
      toRaylet(new Message.ResourcesRequest(lastNumber));
    });
    return answer.join();
  }

  @Override
  public Map<String, Double> clusterResources() {
    return resources().total();
  }

  @Override
  public Map<String, Double> availableResources() {
    return resources().available();
  }

  @Override
  public List<NodeInfo> nodes() {
    Message.ResourcesReply node = resources();
    return List.of(new NodeInfo(node.nodeId(), "127.0.0.1", true, node.total(), node.workers()));
  }

  @Override
  public String dashboardUrl() {
    return resources().dashboardUrl();
  }

  /** What comes from other processes. */
  private static final class Listener implements Peers.Listener {
    private WorkerRuntime worker;

    @Override
    public void met(String name, long pid) {}

    @Override
    public void received(String name, Connection from, Message message) throws ProtocolException {
      // Not in the switch, whose first use takes 15 ms: it is on the way to a first result.
      if (message instanceof Message.PushTask task) {
        worker.assigned(name, task);
        return;
      }
      switch (message) {
        case Message.FromRaylet m when !name.equals(Peers.DRIVER) -> throw unexpected(m);
        case Message.CancelTask m -> worker.cancel(m);
        case Message.ItemsTaken m -> worker.held.taken(m);
        case Message.ReturnTasks m -> worker.takeBack(name, m);
        case Message.Question m when name.equals(Peers.DRIVER) -> worker.answers.received(m);
        case Message.ExportCode m -> worker.runner.export(new Export(m.hash(), m.bytes()));
        case Message.ResourcesReply m -> asked(worker.questions.remove(m.request()), m).complete(m);
        case Message.OutputFlushed m -> asked(worker.flushes.remove(m.flush()), m).run();
        case Message.CheckHealth m -> worker.toRaylet(new Message.Healthy(m.check()));
        case Message.OfArena m -> worker.arena().received(name, m);
        case Message.ExitIfUnneeded _ -> worker.exitIfUnneeded();
        case Message.Shutdown _ -> halt(0);
        case Message.FromRaylet m -> worker.owner.received(m);
        case Message.ToOwner m -> worker.owner.received(name, m);
        case Message.ObjectReply m -> worker.owner.received(m);
        case Message.BorrowerAdded m -> worker.owner.received(m);
        case Message.OfResults m -> worker.owner.received(name, m);
        case Message.StoredAt m -> worker.owner.received(m);
        case Message.CountArrivals m -> worker.owner.received(name, m);
        case Message.ObjectFreed m -> worker.owner.received(m);
        default -> throw unexpected(message);
      }
    }

    @Override
    public ObjectRef<?> arrived(String name, RefAddress address) {
      worker.collector.active();
      return worker.owner.arrived(address, name);
    }

    @Override
    public Block block(String name, BlockAddress address) throws ProtocolException {
      worker.collector.active();
      return worker.arena().arrived(address);
    }

    /** What waits for the answer. */
    private static <T> T asked(T waits, Message answer) throws ProtocolException {
      if (waits == null) {
        throw unexpected(answer);
      }
      return waits;
    }

    private static ProtocolException unexpected(Message message) {
      return new ProtocolException("not for this worker: " + message.getClass().getSimpleName());
    }

    @Override
    public void lost(String name) {
      if (name.equals(Peers.DRIVER)) {
        // This process ends. Its task must not fail for that before: another worker runs it again.
        worker.driverLost();
      } else {
        worker.owner.peerLost(name);
      }
    }
  }

  private void driverLost() {
    // If it has died, the watch of its pipe knows too, and takes along workers that are stopped.
    loop.schedule(
        ORPHAN_NS,
        () -> {
          WorkerLog.keep(
              "the connection to the driver has ended; does what was sent to it fit its heap?");
          halt(1);
        });
  }

  private void exitIfUnneeded() {
    if (owner.isNeeded() || current != null) {
      toRaylet(new Message.Staying());
    } else {
      halt(0);
    }
  }
}
