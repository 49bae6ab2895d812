package org.rayshell.cluster.task;

import io.ray.api.id.UniqueId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.rayshell.RayException;
import org.rayshell.cluster.link.GatewayLink;
import org.rayshell.cluster.link.LinkAddress;
import org.rayshell.cluster.link.TaskEnd;
import org.rayshell.runtime.CancelSignal;
import org.rayshell.runtime.LatestMap;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.Returns;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.TaskErrors;
import org.rayshell.runtime.cluster.Cluster;
import org.rayshell.runtime.code.Export;
import org.rayshell.runtime.code.TaskCode;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.store.UnshippableException;
import org.rayshell.runtime.store.ValueCodec;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.worker.TaskOutputCapture;

/**
 * A worker of Ray's as a session has it: runs calls one after the other, on the threads that Ray
 * calls them on. A process belongs to one session. Thread-safe.
 */
final class TaskHost {
  /** A result up to this size is told to the gateway with the news that its task has ended. */
  private static final int MOST_TOLD = 100 << 10;

  /** So many of the latest that were cancelled are known. */
  private static final int MOST_UNWANTED = 10_000;

  /** So often a task is interrupted that is cancelled. */
  private static final long AGAIN_MS = 100;

  private static final String CANCELLED = "cancelled";

  /** What Ray keeps of a slot whose calls are all told of. */
  private static final Cluster.Result CLOSED =
      new Cluster.Result(
          Outcome.Kind.WORKER_CRASHED, List.of(), "its worker has lost the session's gateway");

  /** The exit code of a process that is killed: SIGKILL's. */
  private static final int KILLED = 128 + 9;

  private static TaskHost host;

  private final long pid = ProcessHandle.current().pid();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final WorkerRefs refs = new WorkerRefs();
  private final ValueCodec codec = new ValueCodec(refs);
  private final Map<String, Export> exports = new ConcurrentHashMap<>();

  /** Tasks of any worker: each hears of all. */
  private final Map<ObjectId, Boolean> unwanted =
      Collections.synchronizedMap(LatestMap.lastPut(MOST_UNWANTED));

  private final LinkAddress gateway;
  private final GatewayLink link;
  private final TaskCode code;
  private volatile Running running;

  /** Null if Ray calls for one task alone, or nothing. */
  private volatile TaskSlot slot;

  private record Running(TaskCall call, CancelSignal signal, ClassLoader loader) {}

  private TaskHost(LinkAddress gateway) throws IOException {
    this.gateway = gateway;
    UniqueId node = io.ray.api.Ray.getRuntimeContext().getCurrentNodeId();
    link = GatewayLink.connect(gateway, node.toString(), address(node), new FromGateway());
    code = new TaskCode(codec, new LinkedCode(link));
    TaskOutputCapture.install();
    Runtimes.attach(new TaskRuntime(this), null);
  }

  private static String address(UniqueId here) {
    return io.ray.api.Ray.getRuntimeContext().getAllNodeInfo().stream()
        .filter(node -> node.nodeId.equals(here))
        .map(node -> node.nodeAddress)
        .findFirst()
        .orElse("");
  }

  /** Runs a call with the arguments that were in Ray's store; returns what is to be kept there. */
  static Object run(Object given, Object... stored) {
    TaskCall call = TaskCall.unwrap(given);
    TaskHost mine;
    try {
      mine = of(call.gateway());
    } catch (IOException e) {
      return unreachable(call.name(), call.gateway(), e);
    }
    return mine.runHere(call, stored, null);
  }

  /** Runs the calls that the gateway sends; returns what Ray is to keep of the last. */
  static Object runSlot(LinkAddress gateway, ObjectId id) {
    try {
      return of(gateway).run(id);
    } catch (IOException e) {
      return unreachable("a task", gateway, e);
    }
  }

  private Object run(ObjectId id) {
    TaskSlot mine = new TaskSlot(id, link);
    slot = mine;
    try {
      link.ready(id);
      for (TaskCall call = mine.next(); call != null; call = mine.next()) {
        Object kept = runHere(call, new Object[0], mine);
        if (mine.isOver()) {
          return kept;
        }
      }
      return Results.wrap(CLOSED, null);
    } finally {
      slot = null;
    }
  }

  private static Object unreachable(String name, LinkAddress gateway, IOException e) {
    String why =
        name
            + " cannot run: this worker cannot connect to the session's gateway at "
            + gateway.host()
            + ":"
            + gateway.port()
            + ", which must be open to the cluster's machines: "
            + e.getMessage();
    return Results.wrap(new Cluster.Result(Outcome.Kind.REFUSED, List.of(), why), null);
  }

  private static synchronized TaskHost of(LinkAddress gateway) throws IOException {
    if (host == null) {
      host = new TaskHost(gateway);
    }
    return host;
  }

  ValueCodec codec() {
    return codec;
  }

  WorkerRefs refs() {
    return refs;
  }

  GatewayLink link() {
    return link;
  }

  LinkAddress gateway() {
    return gateway;
  }

  /** The task that runs; null between two. */
  TaskCall current() {
    Running now = running;
    return now == null ? null : now.call;
  }

  /** Where the classes of values are found that the task that runs reads. */
  ClassLoader loader() {
    Running now = running;
    return now == null ? TaskHost.class.getClassLoader() : now.loader;
  }

  /** The task that runs is about to wait for others: nothing must wait for it. */
  void blocks() {
    TaskSlot now = slot;
    if (now != null) {
      now.handBack();
    }
  }

  /** What the gateway says. */
  private final class FromGateway implements GatewayLink.Listener {
    @Override
    public void cancelled(ObjectId task, boolean force) {
      unwanted.merge(task, force, Boolean::logicalOr);
      Running now = running;
      if (now != null && now.call.task().equals(task)) {
        if (force) {
          now.signal.ifRunning(() -> Runtime.getRuntime().halt(KILLED));
        }
        interrupt(now.signal);
      }
    }

    @Override
    public void calls(ObjectId id, List<byte[]> calls) {
      List<TaskCall> read = calls.stream().map(TaskCall::unwrap).toList();
      TaskSlot now = slot;
      if (now != null && now.id().equals(id)) {
        now.add(read);
      } else {
        // It has ended by itself while they were under way.
        link.returned(id, read.stream().map(TaskCall::task).toList());
      }
    }

    @Override
    public void close(ObjectId id) {
      TaskSlot now = slot;
      if (now != null && now.id().equals(id)) {
        now.close();
      }
    }

    @Override
    public void keep(ObjectId task) {
      TaskSlot now = slot;
      if (now != null) {
        now.keep(task);
      }
    }

    @Override
    public void lost() {
      TaskSlot now = slot;
      if (now != null) {
        now.close();
      }
    }
  }

  /** Until it has ended: code may swallow an interrupt, or two. */
  private static void interrupt(CancelSignal signal) {
    if (signal.cancel()) {
      CompletableFuture.delayedExecutor(AGAIN_MS, TimeUnit.MILLISECONDS)
          .execute(() -> interrupt(signal));
    }
  }

  private Object runHere(TaskCall call, Object[] stored, TaskSlot in) {
    long started = now();
    long cpu = threads.getCurrentThreadCpuTime();
    CancelSignal signal = new CancelSignal();
    running = new Running(call, signal, TaskHost.class.getClassLoader());
    Boolean force = unwanted.get(call.task());
    if (force != null) {
      signal.cancel();
    } else {
      link.started(call.task(), call.attempt(), started);
      if (call.submitter() != null) {
        link.news(call.submitter().started(call, pid, started));
      }
    }
    Cluster.Result result;
    String error = null;
    boolean retry = false;
    String[] last = new String[1];
    try {
      Export export = export(call.export());
      if (export != null) {
        code.load(export);
      }
      ClassLoader loader = code.loader(call.export());
      running = new Running(call, signal, loader);
      Thread.currentThread().setContextClassLoader(loader);
      TaskOutputCapture.begin((line, stderr) -> {
        last[0] = line.isBlank() ? last[0] : line;
        link.line(call.task(), call.cell(), call.name(), stderr, line);
      });
      try {
        if (signal.begin()) {
          result = call(call, stored, loader);
        } else {
          started = 0;
          result = new Cluster.Result(Outcome.Kind.TASK_CANCELLED, List.of(), CANCELLED);
        }
      } finally {
        signal.end();
        TaskOutputCapture.end();
      }
      if (result.kind() != Outcome.Kind.VALUE) {
        error = result.message();
      }
    } catch (Throwable e) {
      signal.end();
      error = TaskErrors.firstLine(e);
      List<Cluster.Part> thrown = List.of(WorkerRefs.part(codec.encodeThrowable(e)));
      if (signal.cancelled()) {
        result = new Cluster.Result(Outcome.Kind.TASK_CANCELLED, thrown, CANCELLED);
      } else {
        String message = TaskErrors.message(call.described(), pid, error, last[0]);
        result = new Cluster.Result(Outcome.Kind.TASK_FAILED, thrown, message);
        retry = TaskErrors.isOf(e, call.retryOn());
      }
    }
    Thread.interrupted();
    Thread.currentThread().setContextClassLoader(TaskHost.class.getClassLoader());
    running = null;
    unwanted.remove(call.task());
    long used = Math.max(0, threads.getCurrentThreadCpuTime() - cpu);
    TaskEnd end =
        new TaskEnd(call.task(), call.attempt(), error, started, now(), used, retry, size(result));
    if (call.submitter() != null) {
      link.news(call.submitter().ended(call, pid, result.kind(), end));
    }
    Object kept = Results.wrap(result, end);
    byte[] told = kept instanceof byte[] bytes && bytes.length <= MOST_TOLD ? bytes : null;
    if (in != null) {
      in.made(told != null);
    }
    link.ended(end, told);
    return kept;
  }

  private static long size(Cluster.Result result) {
    return result.values().stream().mapToLong(part -> part.bytes().length).sum();
  }

  static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  private Export export(String hash) {
    if (hash.isEmpty()) {
      return null;
    }
    Export known = exports.get(hash);
    if (known == null) {
      byte[] bytes = link.export(hash);
      if (bytes == null) {
        throw new RayException("the session's gateway does not have the code: export=" + hash);
      }
      known = new Export(hash, bytes);
      exports.put(hash, known);
    }
    return known;
  }

  private Cluster.Result call(TaskCall call, Object[] stored, ClassLoader loader) throws Throwable {
    EncodedValue target = refs.value(call.target());
    TaskCode.Prepared prepared = code.prepare(call.export(), target.bytes());
    Object[] args = new Object[call.args().size()];
    int next = 0;
    for (int i = 0; i < args.length; i++) {
      Cluster.Part part;
      switch (call.args().get(i)) {
        case Cluster.Argument.Value(Cluster.Part value) -> part = value;
        case null, default -> {
          Cluster.Result made =
              call.args().get(i) instanceof Cluster.Argument.At(Cluster.Held held)
                  ? Results.unwrap(io.ray.api.Ray.get(((RayHeld) held).ref())).result()
                  : Results.unwrap(stored[next++]).result();
          if (made.kind() != Outcome.Kind.VALUE) {
            return made;
          }
          part = made.values().getFirst();
        }
      }
      args[i] = codec.decode(refs.value(part), loader);
    }
    Object returned = prepared.invoke(args);
    List<Cluster.Part> values = new ArrayList<>();
    if (call.returns() == Message.PushTask.Terms.ONE) {
      values.add(encode(call, returned));
    } else {
      for (Object each : Returns.exactly(call.returns(), returned, call.name())) {
        values.add(encode(call, each));
      }
    }
    java.lang.ref.Reference.reachabilityFence(target);
    return new Cluster.Result(Outcome.Kind.VALUE, values, null);
  }

  private Cluster.Part encode(TaskCall call, Object value) {
    try {
      return WorkerRefs.part(codec.encode(value));
    } catch (UnshippableException e) {
      throw new RayException("what " + call.name() + " returned cannot be sent: " + e.reason());
    }
  }
}
