package org.rayshell.runtime.owner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.view.WaitReason;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.TaskKind;
import org.rayshell.runtime.wire.TaskUpdate;

/** A task from its submission until it ends. Belongs to the loop once it is submitted. */
final class PendingTask implements Owner.Submission {
  static final EncodedValue NOTHING = new EncodedValue(new byte[0]);

  /** What it makes, of several the first; of a stream the one that tells its end. */
  private final ObjectState result;

  /** Null if it makes one object. */
  private final SeveralResults several;

  final ShippedCall call;
  final Origin origin;
  final TaskKind kind;
  final long submitted;

  /** The next one in its place of {@link PendingTasks}. */
  PendingTask chained;

  /** The loop's, from {@link Dispatcher#ready} on. */
  RemoteFunction function;

  ShapeQueue queue;

  /**
   * Whether no other task is sent to its worker before it has ended: one that was at a worker which
   * died may be to blame, and must not take others along.
   */
  boolean alone;

  /** Arguments that are not there yet. */
  int missing;

  int attempt = 1;
  TaskState state = TaskState.PENDING_ARGS_AVAIL;

  /** What became of this try; null as long as nothing did. */
  private TaskRun run;

  /** What became of former tries; null if there were none. */
  private Attempts before;

  /**
   * A task that is not yet submitted.
   *
   * @param result what it makes, of several the first
   * @param several null if it makes one object
   */
  PendingTask(
      ObjectState result,
      SeveralResults several,
      ShippedCall call,
      Origin origin,
      TaskKind kind,
      long submitted) {
    this.result = result;
    this.several = several;
    this.call = call;
    this.origin = origin;
    this.kind = kind;
    this.submitted = submitted;
  }

  /** What becomes of this try, to be told. */
  TaskRun run() {
    if (run == null) {
      run = new TaskRun();
    }
    return run;
  }

  /** The lease under whose worker it is; null if it is at none. */
  Lease lease() {
    return run == null ? null : run.lease;
  }

  /** The worker's process that has it, or had it; 0 if none. */
  long workerPid() {
    return run == null ? 0 : run.workerPid;
  }

  /** When it began, epoch nanoseconds; 0 if it did not. */
  long started() {
    return run == null ? 0 : run.started;
  }

  /** When it ended, epoch nanoseconds; 0 if it did not. */
  long ended() {
    return run == null ? 0 : run.ended;
  }

  /** What went wrong with this try; null if nothing did. */
  String error() {
    return run == null ? null : run.error;
  }

  /** Why it is to end; null as long as it is wanted. */
  Ending ending() {
    return run == null ? null : run.ending;
  }

  /** Of several values, those that this try has returned; else null. */
  Returned returned() {
    return several == null ? null : several.returned();
  }

  /** Whether that worker has this attempt of it: news of others is out of date. */
  boolean isAt(String worker, int number) {
    Lease lease = lease();
    return attempt == number && lease != null && lease.worker.equals(worker);
  }

  /** Whether it is given refs, which it may have to wait for. */
  boolean hasRefs() {
    List<ShippedCall.Arg> args = call.args();
    for (int i = 0; i < args.size(); i++) {
      if (args.get(i) instanceof ShippedCall.Arg.Ref) {
        return true;
      }
    }
    return false;
  }

  /** What it needs to run. */
  ShapeQueue.Shape shape() {
    return new ShapeQueue.Shape(amounts(), call.options().runtimeEnv());
  }

  private Map<String, Double> amounts() {
    Map<String, Double> custom = call.options().resources();
    long memory = call.options().memory();
    if (custom.isEmpty() && memory == 0) {
      return Map.of("CPU", call.options().numCpus());
    }
    Map<String, Double> shape = new LinkedHashMap<>(custom);
    shape.put("CPU", call.options().numCpus());
    if (memory > 0) {
      shape.put("memory", (double) memory);
    }
    return shape;
  }

  /** What it waits for, if it waits. */
  WaitReason waits() {
    List<String> arguments = new ArrayList<>();
    for (ShippedCall.Arg arg : call.args()) {
      if (arg instanceof ShippedCall.Arg.Ref(var ref) && !((ObjectState) ref.handle()).hasValue()) {
        arguments.add(ref.handle().id().toString());
      }
    }
    return new WaitReason(id().toString(), arguments, amounts(), call.options().runtimeEnv());
  }

  /** How long it is expected to keep its worker; long if others must not be behind or before it. */
  long expectedNs() {
    // Nobody can tell whether the one behind a task whose worker died had begun: one that must not
    // run again is never there.
    return alone || !mayRetry() ? RemoteFunction.LONG : function.expectedNs();
  }

  @Override
  public ObjectState result() {
    return result;
  }

  @Override
  public int resultCount() {
    return several == null ? 1 : several.count();
  }

  @Override
  public ObjectState result(int index) {
    return several == null || index == 0 ? result : several.results().get(index);
  }

  @Override
  public ItemStream items() {
    return several == null ? null : several.items();
  }

  ObjectId id() {
    return result.id();
  }

  /** How many tries there are in all; -1 for without end. */
  int attempts() {
    int retries = call.options().maxRetries();
    return retries < 0 ? -1 : retries + 1;
  }

  boolean mayRetry() {
    return attempts() < 0 || attempt < attempts();
  }

  /** The argument of that id; null if there is none. */
  ObjectState argument(ObjectId id) {
    for (ShippedCall.Arg arg : call.args()) {
      if (arg instanceof ShippedCall.Arg.Ref(var ref) && ref.handle().id().equals(id)) {
        return (ObjectState) ref.handle();
      }
    }
    return null;
  }

  /** What is said to the worker of the next try. */
  Message.PushTask.Terms terms() {
    List<String> retryOn = call.options().control().retryExceptions();
    if (items() != null) {
      int ahead = call.options().control().generatorBackpressure();
      return new Message.PushTask.Terms(
          Message.PushTask.Terms.STREAM, retryOn, ahead, items().tellTaken(), items().made());
    }
    if (returned() != null) {
      return new Message.PushTask.Terms(resultCount(), retryOn, 0, 0, 0);
    }
    return retryOn.isEmpty()
        ? Message.PushTask.Terms.PLAIN
        : new Message.PushTask.Terms(Message.PushTask.Terms.ONE, retryOn, 0, 0, 0);
  }

  /** The message of its failure, with what became of former tries. */
  String withAttempts(String message, String failure) {
    return before == null ? message : message + "\n" + before.text(attempt, workerPid(), failure);
  }

  /** Forgets what the last try was, but how it failed. */
  void nextAttempt(String failure) {
    before = before == null ? new Attempts() : before;
    before.add(attempt, workerPid(), failure);
    attempt++;
    run = run == null ? null : run.next();
    if (returned() != null) {
      returned().clear();
    }
  }

  /** The failure of an argument, if one failed; null otherwise. All arguments are there. */
  ObjectState failedArgument() {
    for (ShippedCall.Arg arg : call.args()) {
      if (arg instanceof ShippedCall.Arg.Ref(var ref)) {
        ObjectState state = (ObjectState) ref.handle();
        if (state.outcome() != null && !state.outcome().isValue()) {
          return state;
        }
      }
    }
    return null;
  }

  /** The arguments whose values others keep. */
  List<Message.StoredArgument> stored() {
    List<Message.StoredArgument> stored = List.of();
    for (int i = 0; i < call.args().size(); i++) {
      if (call.args().get(i) instanceof ShippedCall.Arg.Ref(var ref)) {
        ObjectState state = (ObjectState) ref.handle();
        Place place = state.place();
        if (state.outcome() == null && place != null) {
          stored = stored.isEmpty() ? new ArrayList<>() : stored;
          stored.add(new Message.StoredArgument(i, state.id(), place.worker()));
        }
      }
    }
    return stored;
  }

  /**
   * The arguments' values, refs replaced by what they stand for; nothing in the places of those
   * that others keep.
   */
  List<EncodedValue> values() {
    List<EncodedValue> values = new ArrayList<>(call.args().size());
    for (ShippedCall.Arg arg : call.args()) {
      values.add(value(arg));
    }
    return values;
  }

  private static EncodedValue value(ShippedCall.Arg arg) {
    if (arg instanceof ShippedCall.Arg.Ref(var ref)) {
      Outcome outcome = ((ObjectState) ref.handle()).outcome();
      return outcome == null ? NOTHING : outcome.value();
    }
    return ((ShippedCall.Arg.Value) arg).value();
  }

  /** How it is since {@code at}, epoch nanoseconds. */
  TaskUpdate update(long at) {
    TaskUpdate.Run told = run == null ? TaskUpdate.Run.NONE : run.told();
    return new TaskUpdate(id(), kind, state, attempt, submitted, at, told);
  }
}
