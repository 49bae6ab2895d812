package org.rayshell.runtime.owner;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rayshell.ObjectRef;
import org.rayshell.TaskOptions;
import org.rayshell.runtime.code.Export;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.scheduler.Raylet;
import org.rayshell.runtime.scheduler.RayletPort;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.view.TaskLog;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.TaskUpdate;

/**
 * A driver, its raylet and its workers without processes and sockets: messages between two of them
 * keep their order and are otherwise late as chance has it, and workers die when told to. A task is
 * a tree: it submits its children, gets them, and returns how many tasks there were.
 */
final class SimulatedCluster {
  static final String DRIVER = "driver";
  static final TaskOptions ENDLESS = TaskOptions.defaults().maxRetries(-1);

  final SimulatedTime time;
  final TaskLog log = new TaskLog();
  final Owner driver;
  final Raylet raylet;
  final Map<String, Worker> workers = new HashMap<>();

  /** What a task's code was sent to which worker, to see that it is sent once. */
  final List<String> exports = new ArrayList<>();

  int mostRunning;
  int started;
  boolean startsFail;

  /** Workers with these numbers and less never connect. */
  private final int startsHang;

  private final Map<String, Long> lastArrival = new HashMap<>();

  SimulatedCluster(long seed, double cpus, int limit) {
    this(seed, cpus, limit, 0);
  }

  /** As the other; the first so many workers never connect. */
  SimulatedCluster(long seed, double cpus, int limit, int startsHang) {
    this.startsHang = startsHang;
    time = new SimulatedTime(seed);
    raylet =
        new Raylet(
            Map.of("CPU", cpus, "gpu", 1.0), (int) Math.ceil(cpus), limit, time, new RayletSide());
    driver = new Owner(DRIVER, 1, new IdSource(seed, 0), time, new OwnerSide(DRIVER));
    raylet.start();
  }

  /** A call of a tree of tasks of that many levels, each with so many children. */
  static ShippedCall tree(int levels, int children, TaskOptions options, ObjectRef<?>... args) {
    List<ShippedCall.Arg> list = new ArrayList<>();
    for (ObjectRef<?> arg : args) {
      list.add(new ShippedCall.Arg.Ref(arg));
    }
    byte[] target = ByteBuffer.allocate(8).putInt(levels).putInt(children).array();
    return new ShippedCall("tree", new Export("code", new byte[1]), target, list, options);
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
    deliver(
        from,
        to,
        () -> {
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
    public void startWorker(int number) {
      started++;
      if (number <= startsHang) {
        return;
      }
      time.schedule(
          10_000_000 + time.random.nextInt(10_000_000),
          () -> {
            if (startsFail) {
              raylet.exited(number, "exit code 1", "no such class");
              return;
            }
            Worker worker = new Worker(number);
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

  /** A worker: one task at a time. */
  final class Worker {
    final int number;
    final String name;
    final Owner owner;
    final Set<String> code = new HashSet<>();
    boolean dead;
    Message.PushTask running;

    /** What happens to it while it is stopped; null if it runs. */
    List<Runnable> held;

    Worker(int number) {
      this.number = number;
      this.name = "w" + number;
      this.owner =
          new Owner(name, 1000 + number, new IdSource(7, number), time, new OwnerSide(name));
    }

    void whenAwake(Runnable action) {
      if (held != null) {
        held.add(action);
      } else if (!dead) {
        action.run();
      }
    }

    void received(String from, Message message) {
      switch (message) {
        case Message.ExportCode m -> {
          exports.add(from + " " + name + " " + m.hash());
          code.add(m.hash());
        }
        case Message.PushTask m -> start(from, m);
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

    private void start(String from, Message.PushTask task) {
      if (running != null) {
        throw new AssertionError(name + " has two tasks at once");
      }
      if (!code.contains(task.export())) {
        throw new AssertionError(name + " was not sent the code");
      }
      running = task;
      mostRunning = Math.max(mostRunning, countRunning());
      long began = time.epochNs();
      time.schedule(
          time.random.nextInt(2_000_000), () -> whenAwake(() -> runTree(from, task, began)));
    }

    private void runTree(String from, Message.PushTask task, long began) {
      ByteBuffer target = ByteBuffer.wrap(task.target());
      int levels = target.getInt();
      int children = levels == 0 ? 0 : target.getInt();
      List<ObjectState> results = new ArrayList<>();
      for (int i = 0; i < children; i++) {
        Owner.Submission child =
            owner.prepare(
                tree(levels - 1, children, ENDLESS),
                new Origin(task.cell(), task.task(), task.depth() + 1));
        owner.submit(child);
        results.add(child.result());
      }
      long args = task.args().stream().mapToLong(a -> ByteBuffer.wrap(a.bytes()).getLong()).sum();
      if (children == 0) {
        end(from, task, began, Outcome.value(number(1 + args)));
        return;
      }
      OwnerSide port = new OwnerSide(name);
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
      new OwnerSide(name)
          .toPeer(
              from,
              new Message.TaskDone(
                  task.task(),
                  task.attempt(),
                  outcome,
                  outcome.isValue() ? null : "Failure",
                  began,
                  time.epochNs(),
                  0));
    }
  }

  private int countRunning() {
    return (int) workers.values().stream().filter(w -> w.running != null).count();
  }
}
