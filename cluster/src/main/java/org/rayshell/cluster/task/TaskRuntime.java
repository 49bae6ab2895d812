package org.rayshell.cluster.task;

import java.lang.foreign.MemorySegment;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.rayshell.NodeInfo;
import org.rayshell.ObjectRef;
import org.rayshell.ObjectRefGenerator;
import org.rayshell.RayException;
import org.rayshell.RayTimeoutException;
import org.rayshell.WaitResult;
import org.rayshell.runtime.Failures;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.RayRuntime;
import org.rayshell.runtime.RefAddress;
import org.rayshell.runtime.cluster.Cluster;
import org.rayshell.runtime.code.FunctionShipper;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.owner.IdSource;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.wire.Message.PushTask.Terms;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.Peers;

/**
 * The runtime that a session's task finds in a worker of Ray's: what it submits and puts is Ray's,
 * and owned by this worker. Thread-safe.
 */
final class TaskRuntime implements RayRuntime {
  private final TaskHost host;
  private final FunctionShipper shipper;
  private final IdSource ids = new IdSource(new SecureRandom().nextLong(), 0);

  TaskRuntime(TaskHost host) {
    this.host = host;
    this.shipper = new FunctionShipper(null, host.codec());
  }

  @Override
  public FunctionShipper shipper() {
    return shipper;
  }

  @Override
  public ObjectRef<?> submit(ShippedCall call) {
    call.checkOneResult();
    ObjectId id = ids.next();
    return ref(id, 1, new Submission(call, id, Terms.ONE));
  }

  @Override
  public List<ObjectRef<?>> submitMany(ShippedCall call) {
    ObjectId id = ids.next();
    int returns = call.options().control().numReturns();
    Submission task = new Submission(call, id, returns);
    List<ObjectRef<?>> refs = new ArrayList<>();
    for (int i = 1; i <= returns; i++) {
      refs.add(ref(id.at(i), i, task));
    }
    return List.copyOf(refs);
  }

  @Override
  public ObjectRefGenerator<?> submitStream(ShippedCall call) {
    throw new RayException(Unsupported.stream(call.name()));
  }

  private static ObjectRef<?> ref(ObjectId id, int number, RayHandle.Located at) {
    return new ObjectRef<>(new RayHandle(new RefAddress(id, Peers.GATEWAY), number, at));
  }

  /** A task of this process's, and where its result is. */
  private final class Submission implements RayHandle.Located {
    private final ShippedCall call;
    private final ObjectId id;
    private final int returns;
    private final TaskCall parent = host.current();
    private final Submitter submitter;
    private int attempt;
    private RayHeld held;

    Submission(ShippedCall call, ObjectId id, int returns) {
      this.call = call;
      this.id = id;
      this.returns = returns;
      this.submitter =
          new Submitter(
              ProcessHandle.current().pid(),
              parent == null ? id : parent.task(),
              TaskHost.now(),
              call.options().numCpus());
      submit();
    }

    private void submit() {
      attempt++;
      int retries = call.options().maxRetries();
      List<Cluster.Argument> args = new ArrayList<>();
      for (ShippedCall.Arg arg : call.args()) {
        args.add(
            switch (arg) {
              case ShippedCall.Arg.Value(EncodedValue value) ->
                  new Cluster.Argument.Value(WorkerRefs.part(value));
              case ShippedCall.Arg.Ref(ObjectRef<?> ref) -> argument(WorkerRefs.handle(ref));
            });
      }
      List<io.ray.api.ObjectRef<?>> given = new ArrayList<>();
      TaskCall task =
          TaskCall.of(
              host.gateway(),
              submitter,
              id,
              attempt,
              retries < 0 ? -1 : retries + 1,
              call.name(),
              parent == null ? null : parent.cell(),
              parent == null ? 1 : parent.depth() + 1,
              call.export().hash(),
              WorkerRefs.part(call.target()),
              args,
              returns,
              call.options().control().retryExceptions(),
              given);
      host.link().news(submitter.submitted(task));
      held =
          new RayHeld(
              Options.apply(
                      Trampoline.task(task.wrap(), given),
                      call.name(),
                      Options.shape(call.options()),
                      call.options().runtimeEnv())
                  .remote());
    }

    /** One of several values is taken out here: Ray has them in one object. */
    private Cluster.Argument argument(RayHandle handle) {
      if (handle.number() == 1) {
        return new Cluster.Argument.At(handle.at().held());
      }
      return new Cluster.Argument.Value(WorkerRefs.part(value(handle, null)));
    }

    @Override
    public synchronized RayHeld held() {
      return held;
    }

    @Override
    public synchronized boolean again() {
      int retries = call.options().maxRetries();
      if (retries >= 0 && attempt > retries) {
        return false;
      }
      submit();
      return true;
    }
  }

  @Override
  public <T> ObjectRef<T> put(T value) {
    if (value instanceof ObjectRef) {
      throw new IllegalArgumentException("Ray.put of a ref is not supported: use it as it is");
    }
    Cluster.Result result =
        new Cluster.Result(
            Outcome.Kind.VALUE, List.of(WorkerRefs.part(host.codec().encode(value))), null);
    RayHeld held = new RayHeld(io.ray.api.Ray.put(Results.wrap(result, null)));
    ObjectId id = ids.next();
    return new ObjectRef<>(new RayHandle(new RefAddress(id, Peers.GATEWAY), 1, () -> held));
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> List<T> get(List<ObjectRef<T>> refs, Duration timeout) {
    long deadline = timeout == null ? 0 : System.nanoTime() + timeout.toNanos();
    List<T> values = new ArrayList<>(refs.size());
    for (ObjectRef<T> ref : refs) {
      EncodedValue value =
          value(WorkerRefs.handle(ref), timeout == null ? null : deadline - System.nanoTime());
      values.add((T) host.codec().decode(value, host.loader()));
    }
    return values;
  }

  /**
   * The value; waits for it.
   *
   * @param leftNs how long at most; null for without end
   */
  private EncodedValue value(RayHandle handle, Long leftNs) {
    host.blocks();
    while (true) {
      Cluster.Result result = RayErrors.get(handle.at().held(), leftNs);
      if (result == null) {
        throw new RayTimeoutException(
            "Ray.get: not ready in time; the task goes on: ref=" + handle.id());
      }
      if (result.kind() == Outcome.Kind.WORKER_CRASHED && handle.at().again()) {
        continue;
      }
      if (result.kind() != Outcome.Kind.VALUE) {
        EncodedValue thrown =
            result.values().isEmpty() ? null : host.refs().value(result.values().getFirst());
        throw new Failures(host.codec(), host.loader(), false)
            .exception(Outcome.failure(result.kind(), thrown, result.message()), null, "");
      }
      int index = Math.min(handle.number(), result.values().size()) - 1;
      return host.refs().value(result.values().get(index));
    }
  }

  @Override
  public MemorySegment view(ObjectRef<?> ref, Duration timeout) {
    return host.codec()
        .view(value(WorkerRefs.handle(ref), timeout == null ? null : timeout.toNanos()));
  }

  @Override
  public <T> WaitResult<T> waitFor(
      List<ObjectRef<T>> refs, int numReturns, Duration timeout, boolean fetchLocal) {
    if (timeout != null && timeout.isNegative()) {
      throw new IllegalArgumentException(
          "the timeout of Ray.wait must be 0 or more, or null for without end: timeout=" + timeout);
    }
    if (refs.isEmpty()) {
      return new WaitResult<>(List.of(), List.of());
    }
    host.blocks();
    Set<io.ray.api.ObjectRef<?>> ready =
        new HashSet<>(
            RayErrors.ready(
                refs.stream().map(ref -> WorkerRefs.handle(ref).at().held()).toList(),
                numReturns,
                timeout,
                fetchLocal));
    List<ObjectRef<T>> there = new ArrayList<>();
    List<ObjectRef<T>> left = new ArrayList<>();
    for (ObjectRef<T> ref : refs) {
      boolean is =
          there.size() < numReturns && ready.contains(WorkerRefs.handle(ref).at().held().ref());
      (is ? there : left).add(ref);
    }
    return new WaitResult<>(there, left);
  }

  @Override
  public void cancel(ObjectRef<?> ref, boolean force, boolean recursive) {
    host.link().cancel(WorkerRefs.handle(ref).id().at(1), force);
  }

  @Override
  public <T> CompletableFuture<T> toFuture(ObjectRef<T> ref) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return CompletableFuture.supplyAsync(() -> {
      Thread.currentThread().setContextClassLoader(loader);
      return get(List.of(ref), null).getFirst();
    });
  }

  @Override
  public void free(List<? extends ObjectRef<?>> refs) {
    throw new RayException(Unsupported.FREE);
  }

  @Override
  public Map<String, Double> clusterResources() {
    return host.link().state().total();
  }

  @Override
  public Map<String, Double> availableResources() {
    return host.link().state().available();
  }

  @Override
  public List<NodeInfo> nodes() {
    return host.link().state().nodes();
  }

  @Override
  public String dashboardUrl() {
    return null;
  }
}
