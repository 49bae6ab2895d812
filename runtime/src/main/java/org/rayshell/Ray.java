package org.rayshell;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.rayshell.runtime.Runtimes;

/**
 * The entry to RayShell: starts the runtime, submits tasks, stores and fetches objects.
 * Thread-safe. {@code .remote()} or {@link #put} before any {@link #init()} starts the runtime with
 * its defaults.
 */
public final class Ray {
  private static volatile boolean richDisplay =
      !"plain".equals(System.getProperty("rayshell.display"));

  private Ray() {}

  /** Starts the runtime on this machine with its defaults. */
  public static RayContext init() {
    return init(RayOptions.create());
  }

  /**
   * Starts the runtime on this machine.
   *
   * @throws RayException if it is up already and the options do not say {@code
   *     ignoreReinitError(true)}
   */
  public static RayContext init(RayOptions options) {
    return Runtimes.init(options);
  }

  /** Whether the runtime is up. */
  public static boolean isInitialized() {
    return Runtimes.isInitialized();
  }

  /** Stops the runtime and its workers; does nothing if it is not up. */
  public static void shutdown() {
    Runtimes.shutdown();
  }

  /** Stores a value and returns a ref to it. */
  public static <T> ObjectRef<T> put(T value) {
    return Runtimes.current().put(value);
  }

  /**
   * The value of a ref; blocks until it is there.
   *
   * @throws RayTaskException if its task threw; the cause is the user's exception
   * @throws WorkerCrashedException if its worker died and no retry was left
   * @throws OwnerDiedException if the process that owned it died
   */
  public static <T> T get(ObjectRef<T> ref) {
    return get(alone(ref)).getFirst();
  }

  /**
   * As {@link #get(ObjectRef)}, but blocks at most that long.
   *
   * @throws RayTimeoutException if it is not there by then
   */
  public static <T> T get(ObjectRef<T> ref, Duration timeout) {
    return get(alone(ref), timeout).getFirst();
  }

  /** The values of refs, in their order; blocks until all are there. */
  public static <T> List<T> get(List<ObjectRef<T>> refs) {
    return Runtimes.running().get(whole(refs), null);
  }

  /**
   * As {@link #get(List)}, but blocks at most that long.
   *
   * @throws RayTimeoutException if not all are there by then; says how many
   */
  public static <T> List<T> get(List<ObjectRef<T>> refs, Duration timeout) {
    return Runtimes.running().get(whole(refs), Objects.requireNonNull(timeout, "timeout"));
  }

  /**
   * The elements of a primitive array, or the bytes of a {@code ByteBuffer} or {@code
   * MemorySegment}, where they are in the object store: for reading only, and without a copy,
   * however large they are. Blocks until they are there. They stay for as long as the segment, or a
   * buffer made of it, is reachable, whatever becomes of the refs; little endian, and aligned for
   * any element.
   *
   * {@snippet :
   * ObjectRef<double[]> ref = Ray.put(new double[10_000_000]);
   * MemorySegment numbers = Ray.view(ref);
   * double third = numbers.getAtIndex(ValueLayout.JAVA_DOUBLE, 2);
   * }
   *
   * @throws IllegalArgumentException if the value is anything else
   * @throws RayTaskException as {@link #get(ObjectRef)}
   */
  public static MemorySegment view(ObjectRef<?> ref) {
    return Runtimes.running().view(Objects.requireNonNull(ref, "ref"), null);
  }

  /**
   * As {@link #view(ObjectRef)}, but blocks at most that long.
   *
   * @throws RayTimeoutException if it is not there by then
   */
  public static MemorySegment view(ObjectRef<?> ref, Duration timeout) {
    return Runtimes.running()
        .view(Objects.requireNonNull(ref, "ref"), Objects.requireNonNull(timeout, "timeout"));
  }

  /**
   * Blocks until so many of the refs are ready, or the time is over, and tells which are. An object
   * whose task failed counts as ready.
   *
   * @param timeout null for without end
   */
  public static <T> WaitResult<T> wait(List<ObjectRef<T>> refs, int numReturns, Duration timeout) {
    return wait(refs, numReturns, timeout, true);
  }

  /**
   * Blocks until so many of the refs are ready, or the time is over, and tells which are: at most
   * so many, and both lists in the order given. An object whose task failed counts as ready. A
   * timeout of 0 only looks.
   *
   * @param numReturns 1 to the number of refs, which must all be different
   * @param timeout null for without end
   * @param fetchLocal whether ready means that the value is in this process; else it may still be
   *     in the one that owns it
   */
  public static <T> WaitResult<T> wait(
      List<ObjectRef<T>> refs, int numReturns, Duration timeout, boolean fetchLocal) {
    return Runtimes.running().waitFor(whole(refs), numReturns, timeout, fetchLocal);
  }

  /** As {@link #wait(List, int, Duration)} for one ref, without end. */
  public static <T> WaitResult<T> wait(List<ObjectRef<T>> refs) {
    return wait(refs, 1, null);
  }

  private static <T> List<ObjectRef<T>> alone(ObjectRef<T> ref) {
    return List.of(Objects.requireNonNull(ref, "the ref is null: was it assigned?"));
  }

  private static <T> List<ObjectRef<T>> whole(List<ObjectRef<T>> refs) {
    for (ObjectRef<T> ref : Objects.requireNonNull(refs, "the list of refs is null")) {
      Objects.requireNonNull(ref, "a ref of the list is null: was it assigned?");
    }
    return refs;
  }

  /** As {@link #wait(List, int, Duration)} without end. */
  public static <T> WaitResult<T> wait(List<ObjectRef<T>> refs, int numReturns) {
    return wait(refs, numReturns, null);
  }

  /** A future that ends as {@link #get(ObjectRef)} would. */
  public static <T> CompletableFuture<T> toFuture(ObjectRef<T> ref) {
    return Runtimes.running().toFuture(ref);
  }

  /**
   * A call of a lambda or method reference, for {@code remote()} to submit. An argument may be a
   * value or a ref of one: the task starts when the refs' values are there. Of four arguments all
   * or none are refs.
   */
  public static <R> TaskCall<R> task(Call0<R> call) {
    return new TaskCall<>(call);
  }

  /** As {@link #task(Call0)}, for work without a value: {@link #get(ObjectRef)} of it is null. */
  public static TaskCall<Void> task(Run0 work) {
    return new TaskCall<>(work);
  }

  /** As {@link #task(Call0)}, with an argument. */
  public static <A, R> TaskCall<R> task(Call1<A, R> call, A a) {
    return new TaskCall<>(call, a);
  }

  /** As {@link #task(Call1, Object)}, the argument given as a ref. */
  public static <A, R> TaskCall<R> task(RefCall1<A, R> call, ObjectRef<A> a) {
    return new TaskCall<>(call, a);
  }

  /** As {@link #task(Call0)}, with two arguments. */
  public static <A, B, R> TaskCall<R> task(Call2<A, B, R> call, A a, B b) {
    return new TaskCall<>(call, a, b);
  }

  /** As {@link #task(Call2, Object, Object)}, the first argument given as a ref. */
  public static <A, B, R> TaskCall<R> task(RefCall2.RV<A, B, R> call, ObjectRef<A> a, B b) {
    return new TaskCall<>(call, a, b);
  }

  /** As {@link #task(Call2, Object, Object)}, the second argument given as a ref. */
  public static <A, B, R> TaskCall<R> task(RefCall2.VR<A, B, R> call, A a, ObjectRef<B> b) {
    return new TaskCall<>(call, a, b);
  }

  /** As {@link #task(Call2, Object, Object)}, the first and second given as refs. */
  public static <A, B, R> TaskCall<R> task(
      RefCall2.RR<A, B, R> call, ObjectRef<A> a, ObjectRef<B> b) {
    return new TaskCall<>(call, a, b);
  }

  /** As {@link #task(Call0)}, with three arguments. */
  public static <A, B, C, R> TaskCall<R> task(Call3<A, B, C, R> call, A a, B b, C c) {
    return new TaskCall<>(call, a, b, c);
  }

  /** As {@link #task(Call3, Object, Object, Object)}, the first argument given as a ref. */
  public static <A, B, C, R> TaskCall<R> task(
      RefCall3.RVV<A, B, C, R> call, ObjectRef<A> a, B b, C c) {
    return new TaskCall<>(call, a, b, c);
  }

  /** As {@link #task(Call3, Object, Object, Object)}, the second argument given as a ref. */
  public static <A, B, C, R> TaskCall<R> task(
      RefCall3.VRV<A, B, C, R> call, A a, ObjectRef<B> b, C c) {
    return new TaskCall<>(call, a, b, c);
  }

  /** As {@link #task(Call3, Object, Object, Object)}, the third argument given as a ref. */
  public static <A, B, C, R> TaskCall<R> task(
      RefCall3.VVR<A, B, C, R> call, A a, B b, ObjectRef<C> c) {
    return new TaskCall<>(call, a, b, c);
  }

  /** As {@link #task(Call3, Object, Object, Object)}, the first and second given as refs. */
  public static <A, B, C, R> TaskCall<R> task(
      RefCall3.RRV<A, B, C, R> call, ObjectRef<A> a, ObjectRef<B> b, C c) {
    return new TaskCall<>(call, a, b, c);
  }

  /** As {@link #task(Call3, Object, Object, Object)}, the first and third given as refs. */
  public static <A, B, C, R> TaskCall<R> task(
      RefCall3.RVR<A, B, C, R> call, ObjectRef<A> a, B b, ObjectRef<C> c) {
    return new TaskCall<>(call, a, b, c);
  }

  /** As {@link #task(Call3, Object, Object, Object)}, the second and third given as refs. */
  public static <A, B, C, R> TaskCall<R> task(
      RefCall3.VRR<A, B, C, R> call, A a, ObjectRef<B> b, ObjectRef<C> c) {
    return new TaskCall<>(call, a, b, c);
  }

  /** As {@link #task(Call3, Object, Object, Object)}, the first, second and third given as refs. */
  public static <A, B, C, R> TaskCall<R> task(
      RefCall3.RRR<A, B, C, R> call, ObjectRef<A> a, ObjectRef<B> b, ObjectRef<C> c) {
    return new TaskCall<>(call, a, b, c);
  }

  /** As {@link #task(Call0)}, with four arguments. */
  public static <A, B, C, D, R> TaskCall<R> task(Call4<A, B, C, D, R> call, A a, B b, C c, D d) {
    return new TaskCall<>(call, a, b, c, d);
  }

  /**
   * As {@link #task(Call4, Object, Object, Object, Object)}, the first, second, third and fourth
   * given as refs.
   */
  public static <A, B, C, D, R> TaskCall<R> task(
      RefCall4<A, B, C, D, R> call,
      ObjectRef<A> a,
      ObjectRef<B> b,
      ObjectRef<C> c,
      ObjectRef<D> d) {
    return new TaskCall<>(call, a, b, c, d);
  }

  /** All resources of the cluster by name; memory in bytes. */
  public static Map<String, Double> clusterResources() {
    return new ResourceMap(Runtimes.current().clusterResources(), false);
  }

  /** What of them is free now. */
  public static Map<String, Double> availableResources() {
    return new ResourceMap(Runtimes.current().availableResources(), true);
  }

  /** The machines of the cluster. */
  public static List<NodeInfo> nodes() {
    return Runtimes.current().nodes().stream()
        .map(node ->
            new NodeInfo(
                node.nodeId(),
                node.address(),
                node.alive(),
                new ResourceMap(node.resources(), false),
                node.workers()))
        .toList();
  }

  /** The dashboard's address; null if it is off or no runtime is up. */
  public static String dashboardUrl() {
    return Runtimes.isInitialized() ? Runtimes.current().dashboardUrl() : null;
  }

  /**
   * Whether a notebook shows refs, resources and sessions as live tables; otherwise it shows them
   * as text. On unless the property {@code rayshell.display} is {@code plain}.
   */
  public static void display(boolean rich) {
    richDisplay = rich;
  }

  /** What {@link #display(boolean)} said last. */
  public static boolean displays() {
    return richDisplay;
  }

  /** As {@link #cancel(ObjectRef, boolean, boolean)}, not by force, with all that it submitted. */
  public static void cancel(ObjectRef<?> ref) {
    cancel(ref, false, true);
  }

  /**
   * Cancels the task that makes the object; {@code get} then throws {@link TaskCancelledException}.
   * One that has not begun does not run any more. One that runs is interrupted, again and again
   * until it ends; if it returns a value all the same, that is its value. One that has ended stays
   * as it is. A cancelled task is not retried. Returns at once.
   *
   * @param force whether the worker process of a task that runs is killed instead
   * @param recursive whether the tasks that it submitted are cancelled too, and theirs; with a
   *     killed worker they end in any case, since it owned them
   * @throws IllegalArgumentException if the object was put, not made by a task
   */
  public static void cancel(ObjectRef<?> ref, boolean force, boolean recursive) {
    alone(ref);
    Runtimes.running().cancel(ref, force, recursive);
  }

  /**
   * Lets the values of refs go at once, in all processes, though refs of them are left: a get of
   * one throws {@link ObjectLostException} from then on. Rarely needed, since values go by
   * themselves with their last ref. Of a task that still runs the value goes as soon as it is
   * there. Returns before the others have heard of it.
   */
  public static void free(List<? extends ObjectRef<?>> refs) {
    Runtimes.running().free(refs);
  }

  /**
   * Writes what the session's tasks did so far as a trace, for <a
   * href="https://ui.perfetto.dev">Perfetto</a> or {@code chrome://tracing}: a row for each worker,
   * a bar for each try of a task. The latest 40,000 changes of tasks' states are in it. A file
   * whose name ends in {@code .svg} becomes a picture of the workers' lanes instead.
   *
   * @throws RayException if no session is up, if this is a task, or if the file cannot be written
   */
  public static void timeline(Path file) {
    Runtimes.timeline(Objects.requireNonNull(file, "file"));
  }
}
