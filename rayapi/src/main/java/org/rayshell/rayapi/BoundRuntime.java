package org.rayshell.rayapi;

import io.ray.api.ActorHandle;
import io.ray.api.BaseActorHandle;
import io.ray.api.CppActorHandle;
import io.ray.api.ObjectRef;
import io.ray.api.PyActorHandle;
import io.ray.api.WaitResult;
import io.ray.api.concurrencygroup.ConcurrencyGroup;
import io.ray.api.function.CppActorClass;
import io.ray.api.function.CppActorMethod;
import io.ray.api.function.CppFunction;
import io.ray.api.function.PyActorClass;
import io.ray.api.function.PyActorMethod;
import io.ray.api.function.PyFunction;
import io.ray.api.function.RayFunc;
import io.ray.api.function.RayFuncR;
import io.ray.api.id.ActorId;
import io.ray.api.id.PlacementGroupId;
import io.ray.api.id.UniqueId;
import io.ray.api.options.ActorCreationOptions;
import io.ray.api.options.CallOptions;
import io.ray.api.options.PlacementGroupCreationOptions;
import io.ray.api.parallelactor.ParallelActorContext;
import io.ray.api.placementgroup.PlacementGroup;
import io.ray.api.runtime.RayRuntime;
import io.ray.api.runtimecontext.ResourceValue;
import io.ray.api.runtimecontext.RuntimeContext;
import io.ray.api.runtimeenv.RuntimeEnv;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rayshell.Ray;
import org.rayshell.RayOptions;
import org.rayshell.runtime.Runtimes;

/**
 * Ray Java's runtime as its API sees it, on the runtime of this process, a driver's or a worker's.
 * What this one lacks fails with an {@link UnsupportedOperationException} that names it.
 * Thread-safe.
 */
public final class BoundRuntime implements RayRuntime {
  private static final String ACTORS = "an actor";
  private static final String GROUPS = "a placement group";
  private static final String PYTHON = "a function or an actor in Python";
  private static final String CPP = "a function or an actor in C++";

  private final RuntimeContext context = new BoundContext();
  private final boolean starts;

  private BoundRuntime(boolean starts) {
    this.starts = starts;
  }

  /**
   * Starts a session on this machine, or joins the one that this process has.
   *
   * @throws UnsupportedOperationException if the program is set up for a cluster
   */
  public static BoundRuntime start() {
    String address = System.getProperty("ray.address", "");
    if (!address.isBlank()) {
      throw Unsupported.of("-Dray.address=" + address);
    }
    boolean starts = !Ray.isInitialized();
    if (starts) {
      Ray.init(RayOptions.create().ignoreReinitError(true));
    }
    return new BoundRuntime(starts);
  }

  /** A value; blocks at most so many milliseconds, or without end if that is negative. */
  static <T> T valueOf(ObjectRef<T> ref, long timeoutMs) {
    return Failures.asRays(() ->
        timeoutMs < 0
            ? Ray.get(BoundRef.of(ref))
            : Ray.get(BoundRef.of(ref), Duration.ofMillis(timeoutMs)));
  }

  private static <T> List<org.rayshell.ObjectRef<T>> own(List<ObjectRef<T>> refs) {
    List<org.rayshell.ObjectRef<T>> own = new ArrayList<>(refs.size());
    refs.forEach(ref -> own.add(BoundRef.of(ref)));
    return own;
  }

  private static <T> List<ObjectRef<T>> rays(List<org.rayshell.ObjectRef<T>> refs) {
    List<ObjectRef<T>> rays = new ArrayList<>(refs.size());
    refs.forEach(ref -> rays.add(new BoundRef<>(ref)));
    return rays;
  }

  /** Ends the session if it was begun here: in a task, and beside a notebook, it is another's. */
  @Override
  public void shutdown() {
    if (starts) {
      Ray.shutdown();
    }
  }

  @Override
  public <T> ObjectRef<T> put(T obj) {
    return Failures.asRays(() -> new BoundRef<>(Ray.put(obj)));
  }

  @Override
  public <T> ObjectRef<T> put(T obj, BaseActorHandle owner) {
    throw Unsupported.of("Ray.put with an owner");
  }

  @Override
  public <T> T get(ObjectRef<T> objectRef) {
    return valueOf(objectRef, -1);
  }

  @Override
  public <T> T get(ObjectRef<T> objectRef, long timeoutMs) {
    return valueOf(objectRef, timeoutMs);
  }

  @Override
  public <T> List<T> get(List<ObjectRef<T>> objectRefs) {
    return get(objectRefs, -1);
  }

  @Override
  public <T> List<T> get(List<ObjectRef<T>> objectRefs, long timeoutMs) {
    return Failures.asRays(() ->
        timeoutMs < 0
            ? Ray.get(own(objectRefs))
            : Ray.get(own(objectRefs), Duration.ofMillis(timeoutMs)));
  }

  @Override
  public <T> WaitResult<T> wait(
      List<ObjectRef<T>> waitList, int numReturns, int timeoutMs, boolean fetchLocal) {
    if (waitList.isEmpty()) {
      return new WaitResult<>(List.of(), List.of());
    }
    boolean endless = timeoutMs < 0 || timeoutMs == Integer.MAX_VALUE;
    org.rayshell.WaitResult<T> result =
        Failures.asRays(() ->
            Ray.wait(
                own(waitList),
                numReturns,
                endless ? null : Duration.ofMillis(timeoutMs),
                fetchLocal));
    return new WaitResult<>(rays(result.ready()), rays(result.unready()));
  }

  /** In all processes, whatever {@code localOnly} says: there is one machine. */
  @Override
  public void free(List<ObjectRef<?>> objectRefs, boolean localOnly) {
    Ray.free(objectRefs.stream().map(BoundRef::of).toList());
  }

  @Override
  @SuppressWarnings("rawtypes")
  public ObjectRef call(RayFunc func, Object[] args, CallOptions options) {
    Object[] own = new Object[args.length];
    for (int i = 0; i < args.length; i++) {
      own[i] = args[i] instanceof ObjectRef<?> ref ? BoundRef.of(ref) : args[i];
    }
    org.rayshell.runtime.RayRuntime runtime = Runtimes.current();
    return Failures.asRays(() ->
        new BoundRef<>(
            runtime.submit(
                runtime
                    .shipper()
                    .shipLambda(
                        Calls.of(func, args.length), Options.of(options, Calls.name(func)), own))));
  }

  @Override
  public RuntimeContext getRuntimeContext() {
    return context;
  }

  @Override
  public String getNamespace() {
    return context.getNamespace();
  }

  @Override
  public UniqueId getCurrentNodeId() {
    return context.getCurrentNodeId();
  }

  @Override
  @SuppressWarnings("rawtypes")
  public ObjectRef call(PyFunction pyFunction, Object[] args, CallOptions options) {
    throw Unsupported.of(PYTHON);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public ObjectRef call(CppFunction cppFunction, Object[] args, CallOptions options) {
    throw Unsupported.of(CPP);
  }

  @Override
  public <T extends BaseActorHandle> T getActorHandle(ActorId actorId) {
    throw Unsupported.of(ACTORS);
  }

  @Override
  public <T extends BaseActorHandle> Optional<T> getActor(String name, String namespace) {
    throw Unsupported.of(ACTORS);
  }

  @Override
  public void killActor(BaseActorHandle actor, boolean noRestart) {
    throw Unsupported.of(ACTORS);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public ObjectRef callActor(
      ActorHandle<?> actor, RayFunc func, Object[] args, CallOptions options) {
    throw Unsupported.of(ACTORS);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public ObjectRef callActor(PyActorHandle pyActor, PyActorMethod method, Object[] args) {
    throw Unsupported.of(PYTHON);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public ObjectRef callActor(CppActorHandle cppActor, CppActorMethod method, Object[] args) {
    throw Unsupported.of(CPP);
  }

  @Override
  public <T> ActorHandle<T> createActor(
      RayFunc actorFactoryFunc, Object[] args, ActorCreationOptions options) {
    throw Unsupported.of(ACTORS);
  }

  @Override
  public PyActorHandle createActor(
      PyActorClass pyActorClass, Object[] args, ActorCreationOptions options) {
    throw Unsupported.of(PYTHON);
  }

  @Override
  public CppActorHandle createActor(
      CppActorClass cppActorClass, Object[] args, ActorCreationOptions options) {
    throw Unsupported.of(CPP);
  }

  @Override
  public PlacementGroup createPlacementGroup(PlacementGroupCreationOptions creationOptions) {
    throw Unsupported.of(GROUPS);
  }

  @Override
  public void exitActor() {
    throw Unsupported.of(ACTORS);
  }

  @Override
  public Map<String, List<ResourceValue>> getAvailableResourceIds() {
    throw Unsupported.of("RayRuntime.getAvailableResourceIds");
  }

  @Override
  public PlacementGroup getPlacementGroup(PlacementGroupId id) {
    throw Unsupported.of(GROUPS);
  }

  @Override
  public PlacementGroup getPlacementGroup(String name, String namespace) {
    throw Unsupported.of(GROUPS);
  }

  @Override
  public List<PlacementGroup> getAllPlacementGroups() {
    return List.of();
  }

  @Override
  public void removePlacementGroup(PlacementGroupId id) {
    throw Unsupported.of(GROUPS);
  }

  @Override
  public boolean waitPlacementGroupReady(PlacementGroupId id, int timeoutSeconds) {
    throw Unsupported.of(GROUPS);
  }

  @Override
  public ConcurrencyGroup createConcurrencyGroup(
      String name, int maxConcurrency, List<RayFunc> funcs) {
    throw Unsupported.of(ACTORS);
  }

  @Override
  public List<ConcurrencyGroup> extractConcurrencyGroups(RayFuncR<?> actorConstructorLambda) {
    throw Unsupported.of(ACTORS);
  }

  @Override
  public RuntimeEnv createRuntimeEnv() {
    throw Unsupported.of("a runtime environment");
  }

  @Override
  public RuntimeEnv deserializeRuntimeEnv(String serializedRuntimeEnv) {
    throw Unsupported.of("a runtime environment");
  }

  @Override
  public ParallelActorContext getParallelActorContext() {
    throw Unsupported.of(ACTORS);
  }
}
