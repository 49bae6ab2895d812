package org.rayshell.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.rayshell.NodeInfo;
import org.rayshell.runtime.code.Export;
import org.rayshell.runtime.owner.Origin;
import org.rayshell.runtime.wire.Connection;
import org.rayshell.runtime.wire.FrameTooLargeException;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.Peers;
import org.rayshell.runtime.wire.ProtocolException;
import org.rayshell.runtime.wire.TaskUpdate;
import org.rayshell.runtime.worker.LastWords;

/** The runtime of a worker: runs tasks of others, and owns what those submit. Thread-safe. */
public final class WorkerRuntime extends ProcessRuntime implements TaskRunner.Listener {
  private static final long HEARTBEAT_NS = 1_000_000_000L;

  /** A task that takes no longer than this is reported only when it has ended. */
  private static final long QUIET_START_NS = 2_000_000L;

  /** How long the watch for the driver's end may take. */
  private static final long ORPHAN_NS = 500_000_000L;

  private static final long UPDATES_NS = 50_000_000L;
  private static final int UPDATES_AT_ONCE = 256;

  /** So much output may be on its way: a driver that shows it slowly is not buried in it. */
  private static final long MOST_UNSHOWN = 256 << 10;

  private final OutputRelay output = new OutputRelay(() -> loop.execute(this::sendOutput));

  /** Made beforehand: a task's first line must not wait for that, since it may be its last. */
  private final Runnable shown = this::outputShown;

  private final TaskRunner runner;
  private final Path folder;
  private volatile RunningTask current;

  // The loop's.
  private final Map<Long, Runnable> flushes = new HashMap<>();
  private final Map<Long, CompletableFuture<Message.ResourcesReply>> questions = new HashMap<>();
  private List<TaskUpdate> updates = new ArrayList<>();
  private RunningTask announced;
  private RunningTask beaten;
  private long beatenCpu;
  private boolean startPending;
  private boolean updatesPending;
  private boolean toldDriver;

  /** The batches of output that the driver was sent and has not yet shown, in characters. */
  private final ArrayDeque<Long> batches = new ArrayDeque<>();

  private long unshown;

  /** The result of a task that has printed more than the driver was sent; null if there is none. */
  private Runnable unfinished;

  private long lastNumber;

  private WorkerRuntime(Path folder, byte[] secret, int number, Listener listener)
      throws IOException {
    // Not by System.err, which is that of the task that runs.
    super(folder, secret, "w" + number, number, null, listener, LastWords::keep);
    this.folder = folder;
    runner = new TaskRunner(codec, folder, output, loop::epochNs, this);
    listener.worker = this;
  }

  /**
   * Connects this process to the driver of a session as a worker, and runs tasks on the calling
   * thread until the driver ends it or is gone.
   */
  public static void run(Path folder, byte[] secret, int number) throws IOException {
    WorkerRuntime worker = new WorkerRuntime(folder, secret, number, new Listener());
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

  @Override
  public void began(RunningTask task) {
    current = task;
  }

  @Override
  public void ended(RunningTask task, Message.TaskDone result) {
    task.end(begins -> tellBlocked(task, begins));
    current = null;
    loop.execute(() -> finish(task, result));
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
  public void blocked(boolean begins) {
    RunningTask task = current;
    if (task != null) {
      task.blocked(begins, now -> tellBlocked(task, now));
    }
  }

  private void tellBlocked(RunningTask task, boolean begins) {
    long lease = task.task.lease();
    loop.execute(
        () -> toRaylet(begins ? new Message.Blocked(lease) : new Message.Unblocked(lease)));
  }

  // Tasks, on the loop.

  private void assigned(String owner, Message.PushTask task) {
    runner.assign(task, owner);
    if (!startPending) {
      startPending = true;
      loop.schedule(QUIET_START_NS, this::announceStart);
    }
  }

  private void announceStart() {
    startPending = false;
    RunningTask task = current;
    if (task != null && task != announced) {
      announced = task;
      toPeer(
          task.owner, new Message.TaskStarted(task.task.task(), task.task.attempt(), task.started));
    }
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

  private void finish(RunningTask task, Message.TaskDone result) {
    if (unshown >= MOST_UNSHOWN) {
      unfinished = () -> conclude(task, result);
    } else {
      conclude(task, result);
    }
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
      toPeer(owner, result);
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
              result.cpuNs()));
    }
  }

  /** Sends what tasks printed, unless the driver has still to show much of what came before. */
  private void sendOutput() {
    if (unshown >= MOST_UNSHOWN) {
      return;
    }
    List<Message.TaskOutput.Line> lines = output.take();
    if (!lines.isEmpty()) {
      toRaylet(new Message.TaskOutput(lines));
      flush(shown);
      long chars = OutputRelay.weight(lines);
      batches.add(chars);
      unshown += chars;
    }
  }

  private void outputShown() {
    unshown -= batches.remove();
    if (unshown >= MOST_UNSHOWN) {
      return;
    }
    if (unfinished == null) {
      sendOutput();
      return;
    }
    Runnable result = unfinished;
    unfinished = null;
    result.run();
  }

  @Override
  public void report(TaskUpdate update) {
    updates.add(update);
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
      switch (message) {
        case Message.FromRaylet m when !name.equals(Peers.DRIVER) -> throw unexpected(m);
        case Message.PushTask m -> worker.assigned(name, m);
        case Message.ExportCode m -> worker.runner.export(new Export(m.hash(), m.bytes()));
        case Message.ResourcesReply m -> asked(worker.questions.remove(m.request()), m).complete(m);
        case Message.OutputFlushed m -> asked(worker.flushes.remove(m.flush()), m).run();
        case Message.CheckHealth m -> worker.toRaylet(new Message.Healthy(m.check()));
        case Message.ExitIfUnneeded _ -> worker.exitIfUnneeded();
        case Message.Shutdown _ -> halt(0);
        case Message.FromRaylet m -> worker.owner.received(m);
        case Message.ToOwner m -> worker.owner.received(name, m);
        case Message.ObjectReply m -> worker.owner.received(m);
        default -> throw unexpected(message);
      }
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
        worker.driverLost();
      }
      worker.owner.peerLost(name);
    }
  }

  private void driverLost() {
    // If it has died, the watch of its pipe knows too, and takes along workers that are stopped.
    loop.schedule(
        ORPHAN_NS,
        () -> {
          LastWords.keep(
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
