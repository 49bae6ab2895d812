package org.rayshell.runtime.owner;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.rayshell.ObjectRef;
import org.rayshell.RuntimeEnv;
import org.rayshell.TaskOptions;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.code.Export;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.scheduler.Raylet;
import org.rayshell.runtime.scheduler.RayletPort;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.view.TaskLog;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.TaskUpdate;
import org.rayshell.runtime.worker.TaskQueue;

/**
 * A driver, its raylet and its workers without processes and sockets: messages between two of them
 * keep their order and are otherwise late as chance has it, and workers die when told to. A task is
 * a tree: it submits its children, gets them, and returns how many tasks there were.
 */
final class SimulatedCluster {
  static final String DRIVER = "driver";

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

  int mostRunning;
  int mostQueued;
  int returned;

  /** How long a task runs, for those that do not run by chance. */
  Function<Message.PushTask, Long> duration = task -> byChance(task.name());

  /** Whether what a worker sent last before it dies may never arrive. */
  boolean deathsLoseMessages;

  int started;
  int mostAlive;
  boolean startsFail;

  private final Map<String, Long> lastArrival = new HashMap<>();

  SimulatedCluster(long seed, double cpus, int limit) {
    time = new SimulatedTime(seed);
    raylet =
        new Raylet(
            Map.of("CPU", cpus, "gpu", 1.0, "memory", 1e9),
            (int) Math.ceil(cpus),
            limit,
            time,
            new RayletSide());
    driver = new Owner(DRIVER, 1, new IdSource(seed, 0), time, new OwnerSide(DRIVER));
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
    byte[] target = ByteBuffer.allocate(8).putInt(levels).putInt(children).array();
    return new ShippedCall(name, new Export("code", new byte[1]), target, list, options);
  }

  ObjectState submit(ShippedCall call) {
    Owner.Submission submission = driver.prepare(call, new Origin("In [1]", null, 0));
    driver.submit(submission);
    return submission.result();
  }

  static long number(Outcome outcome) {
    return ByteBuffer.wrap(outcome.value().bytes()).getLong();
  }

  private static EncodedValue number(long number) {
    return new EncodedValue(ByteBuffer.allocate(8).putLong(number).array());
  }

  /** Kills a worker as {@code kill -9} would. */
  void kill(String name, String how) {
    Worker worker = workers.remove(name);
    if (worker == null) {
      return;
    }
    worker.dead = true;
    if (deathsLoseMessages) {
      worker.lastSentNs = time.epochNs() - time.random.nextInt(300_000);
    }
    // The connection's end and the process's are noticed in either order.
    later(() -> raylet.connectionLost(name));
    later(() -> driver.peerLost(name));
    later(() -> raylet.exited(worker.number, how, "a last word"));
    for (Worker other : workers.values()) {
      later(() -> {
        if (!other.dead) {
          other.owner.peerLost(name);
        }
      });
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
            worker.received(from, message);
          }
        });
  }

  private static void receive(Owner owner, String from, Message message) {
    switch (message) {
      case Message.FromRaylet m -> owner.received(m);
      case Message.ToOwner m -> owner.received(from, m);
      case Message.ObjectReply m -> owner.received(m);
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
    public void stored(ObjectState state, long bytes) {}

    @Override
    public void report(TaskUpdate update) {
      log.report(update);
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
    public void killWorker(int number) {
      kill("w" + number, "signal 9 (SIGKILL)");
    }
  }

  /** A worker: begins one task after the other. */
  final class Worker {
    final int number;
    final String name;
    final Owner owner;
    private final RuntimeEnv env;
    final Set<String> code = new HashSet<>();
    private final OwnerSide port;
    private final TaskQueue queue = new TaskQueue();
    private int queued;

    /** What it sent after this is lost. */
    private long lastSentNs = Long.MAX_VALUE;

    boolean dead;
    Message.PushTask running;

    /** What runs, if it keeps others from being begun soon. */
    private Message.PushTask holder;

    Worker(int number, RuntimeEnv env) {
      this.env = env;
      this.number = number;
      this.name = "w" + number;
      this.port = new OwnerSide(name);
      this.owner = new Owner(name, 1000 + number, new IdSource(7, number), time, port);
    }

    void received(String from, Message message) {
      switch (message) {
        case Message.ExportCode m -> {
          exports.add(from + " " + name + " " + m.hash());
          code.add(m.hash());
        }
        case Message.PushTask m when holder != null -> giveBack(from, m.lease(), List.of(m.task()));
        case Message.PushTask m -> {
          queue.add(m, from);
          queued++;
          beginNext();
          mostQueued = Math.max(mostQueued, queued);
        }
        case Message.ReturnTasks m -> {
          List<ObjectId> back = queue.giveBack(m.lease(), m.max());
          queued -= back.size();
          returned += back.size();
          port.toPeer(from, new Message.TasksReturned(m.lease(), back, null));
        }
        case Message.ExitIfUnneeded _ -> {
          if (owner.isNeeded() || running != null) {
            port.toRaylet(new Message.Staying());
          } else {
            kill(name, "exit code 0");
          }
        }
        default -> receive(owner, from, message);
      }
    }

    private void giveBack(String to, long lease, List<ObjectId> tasks) {
      returned += tasks.size();
      port.toPeer(to, new Message.TasksReturned(lease, tasks, holder.task()));
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
      if (running == null && queue.poll() instanceof TaskQueue.Assigned next) {
        queued--;
        begin(next.owner(), next.task());
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
      mostRunning = Math.max(mostRunning, countRunning());
      long began = time.epochNs();
      time.schedule(
          LONG_RUN_NS,
          () -> {
            if (!dead && running == task) {
              port.toPeer(from, new Message.TaskStarted(task.task(), task.attempt(), began));
              hold(from);
            }
          });
      time.schedule(
          duration.apply(task),
          () -> {
            if (!dead) {
              runTree(from, task, began);
            }
          });
    }

    private void runTree(String from, Message.PushTask task, long began) {
      ByteBuffer target = ByteBuffer.wrap(task.target());
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
        end(from, task, began, Outcome.value(number(1 + args)));
        return;
      }
      hold(from);
      port.toRaylet(new Message.Blocked(task.lease()));
      int[] missing = {children};
      for (ObjectState result : results) {
        result.watch(
            _ -> {
              if (--missing[0] == 0 && !dead) {
                port.toRaylet(new Message.Unblocked(task.lease()));
                end(from, task, began, sum(args, results));
              }
            },
            true);
      }
    }

    private Outcome sum(long args, List<ObjectState> results) {
      long sum = 1 + args;
      for (ObjectState result : results) {
        if (!result.outcome().isValue()) {
          return result.outcome();
        }
        sum += number(result.outcome());
      }
      return Outcome.value(number(sum));
    }

    private void end(String from, Message.PushTask task, long began, Outcome outcome) {
      running = null;
      holder = null;
      port.toPeer(
          from,
          new Message.TaskDone(
              task.task(),
              task.attempt(),
              outcome,
              outcome.isValue() ? null : "Failure",
              began,
              time.epochNs(),
              0));
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
