package org.rayshell.runtime;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.rayshell.ObjectRef;
import org.rayshell.ObjectRefGenerator;
import org.rayshell.RayException;
import org.rayshell.RayTimeoutException;
import org.rayshell.WaitResult;
import org.rayshell.runtime.owner.ItemStream;
import org.rayshell.runtime.owner.ObjectState;
import org.rayshell.runtime.owner.Owner;
import org.rayshell.runtime.owner.Waiter;
import org.rayshell.runtime.store.ValueCodec;
import org.rayshell.runtime.wire.IoLoop;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.TaskUpdate;

/** Getting and awaiting what refs stand for, by the threads of the user. Thread-safe. */
final class RefAccess {
  /** What differs between a driver and a worker. */
  interface Host {
    /** Where the classes of values are found, for the calling thread. */
    ClassLoader loader();

    /** The calling thread begins to wait; what is returned is told when it goes on. */
    Wait waits(Awaited what);

    /** The calling thread has what it waited for, or will have no more. */
    void answers();

    /** Where in its cell the task was submitted that makes the object; null if nobody knows. */
    default String place(ObjectId object) {
      return null;
    }

    /** Whether what tasks threw keeps the frames of the worker below them. */
    default boolean showsAllFrames() {
      return false;
    }
  }

  private static final long FOREVER = Long.MAX_VALUE;

  private final IoLoop loop;
  private final Owner owner;
  private final ValueCodec codec;
  private final Host host;
  private final Spin spin;
  private final ReadyRefs ready;

  RefAccess(IoLoop loop, Owner owner, ValueCodec codec, Host host) {
    this.loop = loop;
    this.owner = owner;
    this.codec = codec;
    this.host = host;
    this.spin = new Spin(loop);
    this.ready = new ReadyRefs(owner, spin);
  }

  <T> List<T> get(List<ObjectRef<T>> refs, Duration timeout) {
    List<ObjectState> states = complete(refs, timeout);
    ClassLoader loader = host.loader();
    List<T> values = new ArrayList<>(states.size());
    for (ObjectState state : states) {
      values.add(this.<T>decode(state, loader));
    }
    return values;
  }

  MemorySegment view(ObjectRef<?> ref, Duration timeout) {
    return codec.view(complete(List.of(ref), timeout).getFirst().outcome().value());
  }

  /** The objects, once all have their values. */
  private List<ObjectState> complete(List<? extends ObjectRef<?>> refs, Duration timeout) {
    List<ObjectState> states = states(refs);
    int missing = await(states, refs, states.size(), Wanted.ALL, timeout, true);
    host.answers();
    throwFirstFailure(states);
    if (missing > 0) {
      throw new RayTimeoutException(TaskErrors.timedOut(states, missing, timeout));
    }
    return states;
  }

  <T> WaitResult<T> waitFor(
      List<ObjectRef<T>> refs, int numReturns, Duration timeout, boolean fetchLocal) {
    boolean refused = timeout != null && timeout.isNegative();
    boolean areLeft = ready.areLeft(refs) && owner.endReason() == null;
    boolean looks = areLeft && !refused && numReturns >= 1 && numReturns <= refs.size();
    if (looks) {
      WaitResult<T> soon = ready.ofLeft(refs, numReturns, nanos(timeout), fetchLocal);
      if (soon != null) {
        host.answers();
        return soon;
      }
    }
    List<ObjectState> states = states(refs);
    if (refused) {
      throw new IllegalArgumentException(
          "the timeout of Ray.wait must be 0 or more, or null for without end: timeout=" + timeout);
    }
    if (states.isEmpty()) {
      return new WaitResult<>(List.of(), List.of());
    }
    if (numReturns < 1 || numReturns > states.size()) {
      throw new IllegalArgumentException(
          "numReturns must be 1 to the number of refs: numReturns="
              + numReturns
              + ", refs="
              + states.size());
    }
    if (!areLeft) {
      checkDistinct(states);
    }
    Wanted wanted = fetchLocal ? Wanted.EACH : Wanted.READINESS;
    await(states, refs, numReturns, wanted, timeout, !looks);
    host.answers();
    return ready.first(refs, numReturns, fetchLocal);
  }

  private static void checkDistinct(List<ObjectState> states) {
    Set<ObjectId> ids = new HashSet<>();
    for (ObjectState state : states) {
      if (!ids.add(state.id())) {
        throw new IllegalArgumentException("a ref is given twice to Ray.wait: " + state.id());
      }
    }
  }

  <T> CompletableFuture<T> toFuture(ObjectRef<T> ref) {
    ObjectState state = states(List.of(ref)).getFirst();
    ClassLoader loader = host.loader();
    CompletableFuture<T> future = new CompletableFuture<>();
    if (!state.isEnded()) {
      fetch(List.of(state), true);
    }
    // Decoding runs the user's code, which must not hold up the loop.
    state.watch(
        ready -> future.defaultExecutor().execute(() -> complete(future, ready, loader)), true);
    fetchPlaced(List.of(state));
    return future;
  }

  private <T> void complete(CompletableFuture<T> future, ObjectState ready, ClassLoader loader) {
    if (future.isDone()) {
      return;
    }
    try {
      future.complete(this.<T>decode(ready, loader));
    } catch (RuntimeException | Error e) {
      future.completeExceptionally(e);
    }
  }

  /** Cancels the task that makes the object. */
  void cancel(ObjectRef<?> ref, boolean force, boolean recursive) {
    ObjectState state = check(ref);
    boolean own = state.owner().equals(owner.name());
    if (own && state.task() == null && state.id().index() == 1) {
      throw new IllegalArgumentException(
          "Ray.cancel ends tasks, and this object was made by Ray.put; to be rid of it drop its refs"
              + ": ref="
              + ref);
    }
    loop.execute(() -> owner.cancel(state, force, recursive));
  }

  /** The refs of a stream, as they are made. */
  ObjectRefGenerator<?> generator(ItemStream items, String function) {
    return new ObjectRefGenerator<>(
        new ObjectRefGenerator.Source() {
          @Override
          public boolean await() {
            if (!items.isDecided()) {
              RefAccess.this.await(items, function);
            }
            return items.hasNext();
          }

          @Override
          public ObjectRef<?> poll() {
            ObjectState next = items.poll();
            if (next == null) {
              return null;
            }
            loop.execute(() -> owner.taken(items));
            return new ObjectRef<>(next);
          }

          @Override
          public ObjectRef<?> completed() {
            return new ObjectRef<>(items.whole());
          }

          @Override
          public int made() {
            return items.made();
          }

          @Override
          public void close() {
            items.close();
            loop.execute(() -> owner.cancel(items.whole(), false, true));
          }
        });
  }

  private void await(ItemStream items, String function) {
    Wait wait = host.waits(new Awaited(Awaited.Kind.ITEM, List.of(), 1, function));
    boolean interrupted = false;
    try {
      long patience = wait.patienceNs();
      if (patience == FOREVER || !items.await(patience)) {
        if (patience != FOREVER) {
          wait.goesOn();
        }
        items.await();
      }
    } catch (InterruptedException e) {
      interrupted = true;
      Thread.currentThread().interrupt();
      throw new RayException(
          "interrupted while waiting for the next item of "
              + function
              + "; the task goes on until its generator is closed",
          e);
    } finally {
      wait.over(interrupted);
    }
  }

  private List<ObjectState> states(List<? extends ObjectRef<?>> refs) {
    List<ObjectState> states = new ArrayList<>(refs.size());
    for (ObjectRef<?> ref : refs) {
      states.add(check(ref));
    }
    return states;
  }

  /** What the ref stands for, if it belongs to this session and that still runs. */
  ObjectState check(ObjectRef<?> ref) {
    if (ref == null) {
      throw new NullPointerException("a ref is null");
    }
    ObjectState state = (ObjectState) ref.handle();
    String ended = owner.endReason();
    if (state.home() == owner && ended != null) {
      throw new RayException("no value of " + ref + ": " + ended);
    }
    if (state.home() != owner) {
      throw new RayException(
          "the session that "
              + ref
              + " belongs to has ended; start anew with Ray.init() and submit the task again");
    }
    state.use();
    return state;
  }

  private void fetch(List<ObjectState> states, boolean value) {
    List<ObjectState> foreign = new ArrayList<>();
    for (ObjectState state : states) {
      if (!state.owner().equals(owner.name())) {
        foreign.add(state);
      }
    }
    if (!foreign.isEmpty()) {
      loop.executeHere(() -> foreign.forEach(state -> owner.fetch(state, value)));
    } else if (owner.endReason() != null) {
      throw new RayException(owner.endReason());
    }
  }

  /** What is waited for. */
  private enum Wanted {
    /** All values, so that one failure ends the waiting. */
    ALL,
    /** Values or failures, here. */
    EACH,
    /** That they are there, here or at their owner. */
    READINESS
  }

  /**
   * Gets the values that others keep; after they are watched, since one may just have got there.
   */
  private void fetchPlaced(List<ObjectState> states) {
    for (ObjectState state : states) {
      if (!state.isEnded() && state.isPlaced()) {
        loop.executeHere(() -> owner.fetch(state, true));
      }
    }
  }

  /**
   * Waits until so many are there.
   *
   * @param spins whether it may be worth while to look again and again for a moment first
   * @return how many are missing
   */
  private int await(
      List<ObjectState> states,
      List<? extends ObjectRef<?>> refs,
      int count,
      Wanted wanted,
      Duration timeout,
      boolean spins) {
    boolean values = wanted != Wanted.READINESS;
    boolean all = wanted == Wanted.ALL;
    List<ObjectState> pending = new ArrayList<>();
    for (ObjectState state : states) {
      if (!ReadyRefs.isThere(state, values)) {
        pending.add(state);
      }
    }
    int missing = count - (states.size() - pending.size());
    if (missing <= 0 || all && states.stream().anyMatch(ObjectState::hasFailed)) {
      return 0;
    }
    long nanos = nanos(timeout);
    long deadline = System.nanoTime() + nanos;
    fetch(pending, values);
    if (nanos == 0) {
      if (values) {
        fetchPlaced(pending);
      }
      pending.removeIf(state -> ReadyRefs.isThere(state, values));
      return Math.max(0, count - (states.size() - pending.size()));
    }
    Waiter waiter = new Waiter(missing, all);
    pending.forEach(state -> state.watch(waiter, values));
    if (values) {
      fetchPlaced(pending);
    }
    try {
      boolean there = spins ? spin.forUpTo(nanos, waiter::isDone) : waiter.isDone();
      if (!there) {
        Awaited.Kind kind = all ? Awaited.Kind.GET : Awaited.Kind.WAIT;
        park(waiter, new Awaited(kind, refs, count, null), nanos != FOREVER, deadline);
      }
      return waiter.missing();
    } finally {
      if (waiter.missing() > 0 || !all) {
        pending.forEach(state -> state.unwatch(waiter));
      }
    }
  }

  private void park(Waiter waiter, Awaited what, boolean limited, long deadline) {
    Wait wait = host.waits(what);
    boolean interrupted = false;
    try {
      long patience = wait.patienceNs();
      long heard = System.nanoTime() + patience;
      if (patience != FOREVER && (!limited || heard - deadline < 0)) {
        if (loop.await(waiter::isDone, true, heard)) {
          return;
        }
        wait.goesOn();
      }
      loop.await(waiter::isDone, limited, deadline);
    } catch (InterruptedException e) {
      interrupted = true;
      Thread.currentThread().interrupt();
      throw new RayException(
          "interrupted while waiting for objects; the tasks go on: missing=" + waiter.missing(), e);
    } finally {
      wait.over(interrupted);
    }
  }

  private void throwFirstFailure(List<ObjectState> states) {
    for (ObjectState state : states) {
      if (state.hasFailed()) {
        throw failure(state, TaskErrors.others(state, states), host.loader());
      }
    }
  }

  @SuppressWarnings("unchecked")
  private <T> T decode(ObjectState state, ClassLoader loader) {
    Outcome outcome = state.outcome();
    if (!outcome.isValue()) {
      throw failure(state, "", loader);
    }
    try {
      return (T) codec.decode(outcome.value(), loader);
    } catch (OutOfMemoryError e) {
      throw new RayException(
          "the value is there and does not fit the heap: bytes="
              + outcome.bytes()
              + ", maxHeap="
              + Runtime.getRuntime().maxMemory()
              + "; let go of others, or start this process with more (-Xmx; of workers"
              + " workerHeap): ref="
              + state.id(),
          e);
    }
  }

  private RayException failure(ObjectState state, String more, ClassLoader loader) {
    TaskUpdate task = state.task();
    // One that never ran fails by what became of its arguments, or of nobody's doing.
    String place = task == null || task.started() == 0 ? null : host.place(state.id());
    return new Failures(codec, loader, host.showsAllFrames())
        .exception(state.outcome(), place, more);
  }

  private static long nanos(Duration timeout) {
    if (timeout == null) {
      return FOREVER;
    }
    try {
      return Math.max(0, timeout.toNanos());
    } catch (ArithmeticException _) {
      return timeout.isNegative() ? 0 : FOREVER;
    }
  }
}
