package org.rayshell.runtime.owner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.rayshell.TaskOptions;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.view.WaitReason;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.TaskKind;
import org.rayshell.runtime.wire.TaskNews;
import org.rayshell.runtime.wire.TaskUpdate;

/** A task from its submission until it ends. Belongs to the loop once it is submitted. */
final class PendingTask implements Owner.Submission, TaskNews {
  static final EncodedValue NOTHING = new EncodedValue(new byte[0]);

  /** What it makes, of several the first; of a stream the one that tells its end. */
  private final ObjectState result;

  /** Null if it makes one object. */
  private final SeveralResults several;

  /** What it has in common with others. */
  final CallSite site;

  /** As {@link KeptArguments} keeps them. */
  private final Object args;

  private final long submitted;

  /** The next one in its place of {@link PendingTasks}. */
  PendingTask chained;

  /** Arguments that are not there yet. */
  int missing;

  TaskState state = TaskState.PENDING_ARGS_AVAIL;

  /** What became of this try; null as long as nothing did. */
  private TaskRun run;

  /**
   * A task that is not yet submitted.
   *
   * @param result what it makes, of several the first
   * @param several null if it makes one object
   */
  PendingTask(
      ObjectState result,
      SeveralResults several,
      CallSite site,
      List<ShippedCall.Arg> args,
      long submitted) {
    this.result = result;
    this.several = several;
    this.site = site;
    this.args = KeptArguments.keep(args);
    this.submitted = submitted;
  }

  /** What the task is shown as. */
  String name() {
    return site.function.name();
  }

  /** How it is run. */
  TaskOptions options() {
    return site.options();
  }

  Origin origin() {
    return site.origin;
  }

  List<ShippedCall.Arg> args() {
    return KeptArguments.list(args);
  }

  /** Its arguments if there may be refs among them; else none. */
  List<ShippedCall.Arg> argsWithRefs() {
    // Not List.of(), which makes an iterator for each who looks.
    return KeptArguments.areSmall(args) ? Collections.emptyList() : args();
  }

  /** How long such tasks run. The loop's, from {@link Dispatcher#ready} on. */
  RemoteFunction function() {
    return site.runs;
  }

  /** Where it waits when it is ready. The loop's, from {@link Dispatcher#ready} on. */
  ShapeQueue queue() {
    return site.queue;
  }

  /** Which try this is, from 1. */
  int attempt() {
    return run == null ? 1 : run.attempt;
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
    return attempt() == number && lease != null && lease.worker.equals(worker);
  }

  /** Whether it is given refs, which it may have to wait for. */
  private boolean hasRefs() {
    for (ShippedCall.Arg arg : argsWithRefs()) {
      if (arg instanceof ShippedCall.Arg.Ref) {
        return true;
      }
    }
    return false;
  }

  /** What it waits for, if it waits. */
  WaitReason waits() {
    List<String> arguments = new ArrayList<>();
    for (ShippedCall.Arg arg : argsWithRefs()) {
      if (arg instanceof ShippedCall.Arg.Ref(var ref) && !((ObjectState) ref.handle()).hasValue()) {
        arguments.add(ref.handle().id().toString());
      }
    }
    return new WaitReason(id().toString(), arguments, site.amounts(), options().runtimeEnv());
  }

  /** How long it is expected to keep its worker; long if others must not be behind or before it. */
  long expectedNs() {
    // Nobody can tell whether the one behind a task whose worker died had begun: one that must not
    // run again is never there.
    return run != null && run.alone || !mayRetry() ? RemoteFunction.LONG : function().expectedNs();
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

  /** How many tries there are in all; -1 for without end. */
  int attempts() {
    int retries = options().maxRetries();
    return retries < 0 ? -1 : retries + 1;
  }

  boolean mayRetry() {
    return attempts() < 0 || attempt() < attempts();
  }

  /** The argument of that id; null if there is none. */
  ObjectState argument(ObjectId id) {
    for (ShippedCall.Arg arg : argsWithRefs()) {
      if (arg instanceof ShippedCall.Arg.Ref(var ref) && ref.handle().id().equals(id)) {
        return (ObjectState) ref.handle();
      }
    }
    return null;
  }

  /** What is said to the worker of the next try. */
  Message.PushTask.Terms terms() {
    List<String> retryOn = options().control().retryExceptions();
    if (items() != null) {
      int ahead = options().control().generatorBackpressure();
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
    return run == null || run.before == null
        ? message
        : message + "\n" + run.before.text(run.attempt, run.workerPid, failure);
  }

  /** Forgets what the last try was, but how it failed. */
  void nextAttempt(String failure) {
    run = run().next(failure);
    if (returned() != null) {
      returned().clear();
    }
  }

  /** The failure of an argument, if one failed; null otherwise. All arguments are there. */
  ObjectState failedArgument() {
    for (ShippedCall.Arg arg : argsWithRefs()) {
      if (arg instanceof ShippedCall.Arg.Ref(var ref)) {
        ObjectState state = (ObjectState) ref.handle();
        if (state.hasFailed()) {
          return state;
        }
      }
    }
    return null;
  }

  /** The arguments whose values others keep. */
  List<Message.StoredArgument> stored() {
    List<ShippedCall.Arg> all = argsWithRefs();
    List<Message.StoredArgument> stored = List.of();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i) instanceof ShippedCall.Arg.Ref(var ref)) {
        ObjectState state = (ObjectState) ref.handle();
        Place place = state.place();
        if (!state.isEnded() && place != null) {
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
    if (KeptArguments.areSmall(args)) {
      return KeptArguments.values(args);
    }
    List<ShippedCall.Arg> all = args();
    List<EncodedValue> values = new ArrayList<>(all.size());
    for (ShippedCall.Arg arg : all) {
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

  /** Any thread. */
  @Override
  public TaskState made() {
    return hasRefs() ? TaskState.PENDING_ARGS_AVAIL : TaskState.PENDING_NODE_ASSIGNMENT;
  }

  @Override
  public ObjectId id() {
    return result.id();
  }

  @Override
  public TaskKind kind() {
    return site.kind;
  }

  @Override
  public long submitted() {
    return submitted;
  }

  /** As it was made. Any thread. */
  @Override
  public TaskUpdate update() {
    return new TaskUpdate(id(), kind(), made(), 1, submitted, submitted, TaskUpdate.Run.NONE);
  }

  /** As it is since {@code at}, epoch nanoseconds. */
  TaskUpdate now(long at) {
    TaskUpdate.Run told = run == null ? TaskUpdate.Run.NONE : run.told();
    return new TaskUpdate(id(), kind(), state, attempt(), submitted, at, told);
  }
}
