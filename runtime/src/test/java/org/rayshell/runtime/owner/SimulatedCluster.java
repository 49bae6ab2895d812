package org.rayshell.runtime.owner;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.rayshell.ObjectRef;
import org.rayshell.RuntimeEnv;
import org.rayshell.TaskOptions;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.code.Export;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.code.ShippedFunction;
import org.rayshell.runtime.scheduler.Raylet;
import org.rayshell.runtime.scheduler.RayletPort;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.view.TaskLog;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.TaskNews;
import org.rayshell.runtime.wire.TaskUpdate;
import org.rayshell.runtime.worker.TaskQueue;

/**
 * A driver, its raylet and its workers without processes and sockets: messages between two of them
 * keep their order and are otherwise late as chance has it, and workers die when told to. A task is
 * a tree: it submits its children, gets them, and returns how many tasks there were.
 */
final class SimulatedCluster {
  static final String DRIVER = "driver";

  /** Larger results stay with their workers. */
  private static final int SMALL = 8;

  /** With it no worker starts. */
  static final String BAD_OPTION = "-XX:+NoSuchOption";

  private static final String QUICK = "quick";
  private static final long LONG_RUN_NS = 2_000_000;

  static final TaskOptions ENDLESS = TaskOptions.defaults().maxRetries(-1);

  final SimulatedTime time;
  final TaskLog log = new TaskLog();
  final Owner driver;
  final Raylet raylet;
  final Map<String, Worker> workers = new HashMap<>();

  /** What a task's code was sent to which worker, to see that it is sent once. */
  final List<String> exports = new ArrayList<>();

  /** Every attempt of a task that was begun, and where last. */
  private final Map<String, Worker> begun = new HashMap<>();

  /** The functions of tasks in the order they were begun. */
  final List<String> beginnings = new ArrayList<>();

  private static final Map<List<?>, ShippedFunction> FUNCTIONS = new ConcurrentHashMap<>();

  /** How long a task runs, for those that do not run by chance. */
  Function<Message.PushTask, Long> duration = task -> byChance(task.name());

  /** Whether some results stay with their workers. */
  boolean largeResults = true;

  /** Whether what a worker sent last before it dies may never arrive. */
  boolean deathsLoseMessages;

  int mostRunning;
  int mostQueued;
  int returned;
  int started;
  int mostAlive;
  boolean startsFail;

  /** Whether tasks mostly end when they are cancelled; else never before their time. */
  boolean heeds = true;

  /** Workers with these numbers and less never connect. */
  private final int startsHang;

  private final Map<String, Long> lastArrival = new HashMap<>();

  SimulatedCluster(long seed, double cpus, int limit) {
    this(seed, cpus, limit, 0);
  }

  /** As the other; the first so many workers never connect. */
  SimulatedCluster(long seed, double cpus, int limit, int startsHang) {
    this(seed, cpus, limit, startsHang, (int) Math.ceil(cpus));
  }

  /** As the other; so many of the workers are started first, the others later. */
  SimulatedCluster(long seed, double cpus, int limit, int startsHang, int first) {
    this.startsHang = startsHang;
    time = new SimulatedTime(seed);
    raylet =
        new Raylet(
            Map.of("CPU", cpus, "gpu", 1.0, "memory", 1e9),
            (int) Math.ceil(cpus),
            limit,
            first,
            time,
            new RayletSide());
    driver = new Owner(DRIVER, 1, new IdSource(seed, 0), time, new OwnerSide(DRIVER), SMALL);
    raylet.start();
  }

  /** A call of a tree of tasks of that many levels, each with so many children. */
  static ShippedCall tree(int levels, int children, TaskOptions options, ObjectRef<?>... args) {
    return tree("tree", levels, children, options, args);
  }

  /** Such a call, most of whose tasks run for microseconds, some for milliseconds. */
  static ShippedCall quick(int levels, int children, TaskOptions options, ObjectRef<?>... args) {
    return tree(QUICK, levels, children, options, args);
  }

  /** Such a call of a function of that name. */
  static ShippedCall tree(
      String name, int levels, int children, TaskOptions options, ObjectRef<?>... args) {
    List<ShippedCall.Arg> list = new ArrayList<>();
    for (ObjectRef<?> arg : args) {
      list.add(new ShippedCall.Arg.Ref(arg));
    }
    // Calls of one function share it, as those of a shipper do.
    ShippedFunction function =
        FUNCTIONS.computeIfAbsent(
            List.of(name, levels, children, options),
            _ -> {
              byte[] numbers = ByteBuffer.allocate(8).putInt(levels).putInt(children).array();
              EncodedValue target = new EncodedValue(numbers);
              return new ShippedFunction(name, new Export("code", new byte[1]), target, options);
            });
    return new ShippedCall(function, list);
  }

  ObjectState submit(ShippedCall call) {
    Owner.Submission submission = driver.prepare(call, new Origin("In [1]", null, 0));
    driver.submit(submission);
    return submission.result();
  }

  /** Somebody waits for the values in the driver, so that they are got from where they are. */
  void want(List<ObjectState> states) {
    for (ObjectState state : states) {
      state.watch(_ -> {}, true);
      driver.fetch(state, true);
    }
  }

  static long number(Outcome outcome) {
    return ByteBuffer.wrap(outcome.value().bytes()).getLong();
  }

  private static EncodedValue number(long number, int bytes) {
    return new EncodedValue(ByteBuffer.allocate(bytes).putLong(number).array());
  }

  /** Half of the results are large, unless none is to be. */
  private EncodedValue result(long number) {
    boolean large = largeResults && time.random.nextBoolean();
    return number(number, large ? SMALL + 1 : SMALL);
  }

  /** Kills a worker as {@code kill -9} would. */
  void kill(String name, String how) {
    Worker worker = workers.remove(name);
    if (worker == null) {
      return;
    }
    worker.dead = true;
    worker.owner.end("its process has ended");
    if (deathsLoseMessages) {
      worker.lastSentNs = time.epochNs() - time.random.nextInt(300_000);
    }
    // The connection's end and the process's are noticed in either order.
    later(() -> raylet.connectionLost(name));
    later(() -> driver.peerLost(name));
    later(() -> raylet.exited(worker.number, how, "a last word"));
    for (Worker other : workers.values()) {
      later(() -> other.whenAwake(() -> other.owner.peerLost(name)));
    }
  }

  /** Stops a worker as {@code kill -STOP} would. */
  void stop(String name) {
    workers.get(name).held = new ArrayList<>();
  }

  /** Lets a worker go on; nothing if it is dead or runs. */
  void goOn(String name) {
    Worker worker = workers.get(name);
    if (worker != null && worker.held != null) {
      List<Runnable> missed = worker.held;
      worker.held = null;
      missed.forEach(worker::whenAwake);
    }
  }

  private void later(Runnable action) {
    time.schedule(time.random.nextInt(3_000_000), action);
  }

  /** After all that was sent between the same two. */
  private void deliver(String from, String to, Runnable action) {
    long at =
        Math.max(
            lastArrival.getOrDefault(from + to, 0L) + 1,
            time.epochNs() + time.random.nextInt(200_000));
    lastArrival.put(from + to, at);
    time.schedule(at - time.epochNs(), action);
  }

  private void toWorkerOrDriver(String from, String to, Message message) {
    Worker sender = workers.get(from);
    long sentNs = time.epochNs();
    deliver(
        from,
        to,
        () -> {
          if (sender != null && sentNs > sender.lastSentNs) {
            return;
          }
          if (to.equals(DRIVER)) {
            receive(driver, from, message);
          } else if (workers.get(to) instanceof Worker worker) {
            worker.whenAwake(() -> worker.received(from, message));
          }
        });
  }

  private static void receive(Owner owner, String from, Message message) {
    switch (message) {
      case Message.FromRaylet m -> owner.received(m);
      case Message.ToOwner m -> owner.received(from, m);
      case Message.ObjectReply m -> owner.received(m);
      case Message.BorrowerAdded m -> owner.received(m);
      case Message.OfResults m -> owner.received(from, m);
      case Message.StoredAt m -> owner.received(m);
      default -> throw new AssertionError(message);
    }
  }

  private final class OwnerSide implements OwnerPort {
    private final String name;

    OwnerSide(String name) {
      this.name = name;
    }

    @Override
    public void toRaylet(Message.ToRaylet message) {
      deliver(name, "raylet", () -> raylet.received(name, message));
    }

    @Override
    public boolean toPeer(String to, Message message) {
      if (!to.equals(DRIVER) && !workers.containsKey(to)) {
        return false;
      }
      toWorkerOrDriver(name, to, message);
      return true;
    }

    @Override
    public void stored(Object held, long bytes) {}

    @Override
    public boolean isConnected(String other) {
      return false;
    }

    @Override
    public void whenCollected(Object held, Runnable action) {
      // No refs inside values here; SimulatedRefs has those.
    }

    @Override
    public void pending(int count) {}

    @Override
    public void failed(List<ObjectState> results) {}

    @Override
    public void report(TaskUpdate now, TaskNews kept) {
      log.report(now, kept);
    }
  }

  private final class RayletSide implements RayletPort {
    @Override
    public void send(String to, Message.FromRaylet message) {
      toWorkerOrDriver("raylet", to, message);
    }

    @Override
    public void startWorker(int number, RuntimeEnv env) {
      started++;
      if (number <= startsHang) {
        return;
      }
      mostAlive = Math.max(mostAlive, raylet.aliveWorkers());
      time.schedule(
          10_000_000 + time.random.nextInt(10_000_000),
          () -> {
            if (startsFail || env.jvmOptions().contains(BAD_OPTION)) {
              raylet.exited(number, "exit code 1", "no such class");
              return;
            }
            Worker worker = new Worker(number, env);
            workers.put(worker.name, worker);
            raylet.connected(worker.name, 1000 + number);
          });
    }

    @Override
    public long traffic(String worker) {
      return 0;
    }

    @Override
    public void killWorker(int number) {
      if (number <= startsHang) {
        later(() -> raylet.exited(number, "signal 9 (SIGKILL)", ""));
        return;
      }
      kill("w" + number, "signal 9 (SIGKILL)");
    }
  }

  /** A task on its worker, until it ends. */
  static final class Run {
    private final String from;
    private final Message.PushTask task;
    private final long began;
    private boolean over;

    Run(String from, Message.PushTask task, long began) {
      this.from = from;
      this.task = task;
      this.began = began;
    }

    String from() {
      return from;
    }

    Message.PushTask task() {
      return task;
    }

    long began() {
      return began;
    }

    boolean over() {
      return over;
    }
  }

  /** A worker: begins one task after the other. */
  final class Worker {
    /** As by SIGSTOP. */
    boolean stopped;

    private Run run;
    private SimulatedScript script;
    final int number;
    final String name;
    final Owner owner;
    private final RuntimeEnv env;
    final Set<String> code = new HashSet<>();
    private final TaskQueue<String> queue = new TaskQueue<>();
    private final Map<ObjectId, String> senders = new HashMap<>();
    private int queued;

    /** What it sent after this is lost. */
    private long lastSentNs = Long.MAX_VALUE;

    boolean dead;
    Message.PushTask running;

    /** What runs, if it keeps others from being begun soon. */
    private Message.PushTask holder;

    /** What happens to it while it is stopped; null if it runs. */
    List<Runnable> held;

    Worker(int number, RuntimeEnv env) {
      this.env = env;
      this.number = number;
      this.name = "w" + number;
      this.owner =
          new Owner(name, 1000 + number, new IdSource(7, number), time, new OwnerSide(name), SMALL);
    }

    SimulatedCluster cluster() {
      return SimulatedCluster.this;
    }

    void send(String to, Message message) {
      new OwnerSide(name).toPeer(to, message);
    }

    void whenAwake(Runnable action) {
      if (held != null) {
        held.add(action);
      } else if (!dead) {
        action.run();
      }
    }

    void received(String from, Message message) {
      if (stopped) {
        return;
      }
      switch (message) {
        case Message.CancelTask m -> cancel(m);
        case Message.ItemsTaken m -> {
          if (runs(m.task(), m.attempt()) && script != null) {
            script.taken(m);
          }
        }
        case Message.ExportCode m -> {
          exports.add(from + " " + name + " " + m.hash());
          code.add(m.hash());
        }
        case Message.PushTask m ->
            new ArgumentsElsewhere(m, owner.results())
                .get(whole -> enqueue(from, whole), (lost, why) -> tellLost(from, m, lost, why));
        case Message.ReturnTasks m -> {
          List<ObjectId> back = queue.giveBack(m.lease(), m.max());
          queued -= back.size();
          returned += back.size();
          send(from, new Message.TasksReturned(m.lease(), back, null));
        }
        case Message.CheckHealth m -> new OwnerSide(name).toRaylet(new Message.Healthy(m.check()));
        case Message.ExitIfUnneeded _ -> {
          if (owner.isNeeded() || running != null) {
            new OwnerSide(name).toRaylet(new Message.Staying());
          } else {
            kill(name, "exit code 0");
          }
        }
        default -> receive(owner, from, message);
      }
    }

    private void tellLost(
        String to, Message.PushTask task, Message.StoredArgument lost, String why) {
      new OwnerSide(name)
          .toPeer(
              to,
              new Message.ArgumentLost(task.task(), task.attempt(), lost.id(), lost.worker(), why));
    }

    private void enqueue(String from, Message.PushTask task) {
      if (holder != null) {
        giveBack(from, task.lease(), List.of(task.task()));
        return;
      }
      queue.add(task, from);
      senders.put(task.task(), from);
      queued++;
      beginNext();
      mostQueued = Math.max(mostQueued, queued);
    }

    private void giveBack(String to, long lease, List<ObjectId> tasks) {
      returned += tasks.size();
      send(to, new Message.TasksReturned(lease, tasks, holder.task()));
    }

    private void hold(String from) {
      if (holder == null) {
        holder = running;
        List<ObjectId> back = queue.giveBack(running.lease(), Integer.MAX_VALUE);
        queued -= back.size();
        giveBack(from, running.lease(), back);
      }
    }

    private void beginNext() {
      if (running == null && queue.poll() instanceof TaskQueue.Assigned<String> next) {
        queued--;
        begin(next.with(), next.task());
      }
    }

    private void begin(String from, Message.PushTask task) {
      if (!code.contains(task.export())) {
        throw new AssertionError(name + " was not sent the code");
      }
      Worker before = begun.put(task.task() + " " + task.attempt(), this);
      if (before != null && !before.dead) {
        throw new AssertionError("begun twice: " + task + " at " + before.name + " and " + name);
      }
      if (!task.name().startsWith(env.env().getOrDefault("ONLY", ""))
          || env.isEmpty() && task.name().startsWith("env")) {
        throw new AssertionError(task.name() + " is not for a worker with " + env);
      }
      beginnings.add(task.name());
      running = task;
      run = new Run(from, task, time.epochNs());
      script = null;
      mostRunning = Math.max(mostRunning, countRunning());
      Run mine = run;
      time.schedule(
          LONG_RUN_NS,
          () ->
              whenAwake(() -> {
                if (!stopped && !mine.over) {
                  tellStarted(mine);
                  hold(from);
                }
              }));
      if (SimulatedScript.is(task)) {
        script = new SimulatedScript(this, run);
        script.start();
        return;
      }
      time.schedule(
          duration.apply(task),
          () ->
              whenAwake(() -> {
                if (!stopped && !mine.over) {
                  runTree(mine);
                }
              }));
    }

    private void tellStarted(Run mine) {
      Message.PushTask task = mine.task;
      send(mine.from, new Message.TaskStarted(task.task(), task.attempt(), mine.began));
    }

    private boolean runs(ObjectId task, int attempt) {
      return run != null
          && !run.over
          && run.task.task().equals(task)
          && run.task.attempt() == attempt;
    }

    /** By chance the task heeds its interrupt or not; a stream does, between two items. */
    private void cancel(Message.CancelTask message) {
      if (!runs(message.task(), message.attempt())) {
        cancelQueued(message);
        return;
      }
      Run cancelled = run;
      if (message.recursive()) {
        owner.cancelChildren(message.task(), message.force());
      }
      if (message.force()) {
        kill(name, "exit code 137");
      } else if (heeds && (time.random.nextInt(4) > 0 || script != null && script.isStream())) {
        time.schedule(
            time.random.nextInt(1_000_000),
            () -> {
              if (!dead && !stopped) {
                end(cancelled, Outcome.failure(Outcome.Kind.TASK_CANCELLED, "cancelled"), false);
                if (message.recursive()) {
                  owner.cancelChildren(message.task(), false);
                }
              }
            });
      }
    }

    private void cancelQueued(Message.CancelTask message) {
      String from = senders.get(message.task());
      if (from != null && queue.remove(message.task())) {
        queued--;
        send(
            from,
            new Message.TaskDone(
                message.task(),
                message.attempt(),
                Outcome.failure(Outcome.Kind.TASK_CANCELLED, "cancelled"),
                "cancelled",
                0,
                time.epochNs(),
                0,
                false));
      }
    }

    private void runTree(Run mine) {
      Message.PushTask task = mine.task;
      ByteBuffer target = ByteBuffer.wrap(task.target().bytes());
      int levels = target.getInt();
      int children = levels == 0 ? 0 : target.getInt();
      List<ObjectState> results = new ArrayList<>();
      for (int i = 0; i < children; i++) {
        Owner.Submission child =
            owner.prepare(
                tree(task.name(), levels - 1, children, ENDLESS),
                new Origin(task.cell(), task.task(), task.depth() + 1));
        owner.submit(child);
        results.add(child.result());
      }
      long args = task.args().stream().mapToLong(a -> ByteBuffer.wrap(a.bytes()).getLong()).sum();
      if (children == 0) {
        end(mine, Outcome.value(result(1 + args)), false);
        return;
      }
      OwnerSide port = new OwnerSide(name);
      hold(mine.from);
      port.toRaylet(new Message.Blocked(task.lease()));
      int[] missing = {children};
      for (ObjectState result : results) {
        result.watch(
            _ -> {
              if (--missing[0] == 0 && !dead && !stopped && !mine.over) {
                port.toRaylet(new Message.Unblocked(task.lease()));
                end(mine, sum(args, results), false);
              }
            },
            true);
        owner.fetch(result, true);
      }
    }

    private Outcome sum(long args, List<ObjectState> results) {
      long sum = 1 + args;
      for (ObjectState result : results) {
        if (result.outcome().kind() == Outcome.Kind.TASK_CANCELLED) {
          return Outcome.taskFailed(number(0, SMALL), "a child was cancelled");
        }
        if (!result.outcome().isValue()) {
          return result.outcome();
        }
        sum += number(result.outcome());
      }
      return Outcome.value(result(sum));
    }

    void end(Run mine, Outcome outcome, boolean retry) {
      if (mine.over) {
        return;
      }
      mine.over = true;
      running = null;
      holder = null;
      Message.PushTask task = mine.task;
      send(
          mine.from,
          new Message.TaskDone(
              task.task(),
              task.attempt(),
              owner.results().keep(task.task(), outcome, mine.from),
              outcome.isValue() ? null : "Failure",
              mine.began,
              time.epochNs(),
              0,
              retry));
      beginNext();
    }
  }

  private long byChance(String function) {
    if (!function.equals(QUICK)) {
      return time.random.nextInt(2_000_000);
    }
    boolean unusual = time.random.nextInt(50) == 0;
    return unusual ? time.random.nextInt(20_000_000) : time.random.nextInt(40_000);
  }

  private int countRunning() {
    return (int) workers.values().stream().filter(w -> w.running != null).count();
  }
}
