package org.rayshell.runtime.owner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.rayshell.TaskTimeoutException;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.code.ShippedFunction;
import org.rayshell.runtime.view.ErrorType;
import org.rayshell.runtime.view.FlightEvents;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.view.TaskStateEvent;
import org.rayshell.runtime.view.WaitReason;
import org.rayshell.runtime.wire.Backend;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.TaskNews;
import org.rayshell.runtime.wire.TaskUpdate;

/**
 * The tasks of one owner, from their submission until they end: their arguments, their states,
 * their retries, their results. Belongs to the loop.
 */
final class Tasks {
  /** How long a task that has run too long may take to heed its interrupt. */
  private static final long GRACE_NS = 5_000_000_000L;

  /** How long a worker may take to end itself before it is killed. */
  private static final long KILL_NS = 3_000_000_000L;

  /** What ends a process that nobody can ask to end; the system does so for want of memory. */
  private static final String KILL = "SIGKILL";

  private static final Duration LONGEST = Duration.ofDays(365);

  /** The classes that a timeout is an exception of. */
  private static final Set<String> TIMEOUTS = supers(TaskTimeoutException.class);

  private final CallSites sites;
  private final Backend backend;
  private final OwnerPort port;
  private final Borrows borrows;
  private final Placed placed;
  private final IdSource ids;
  private final Dispatcher dispatcher;
  private final Function<ObjectId, ObjectState> maker;
  private final Deadlines deadlines;
  private final PendingTasks pending = new PendingTasks();
  private Outcome ended;

  /**
   * No tasks.
   *
   * @param pid of this process
   * @param maker makes this owner's objects, by their ids
   */
  Tasks(
      long pid,
      Backend backend,
      OwnerPort port,
      Borrows borrows,
      Placed placed,
      IdSource ids,
      Function<ObjectId, ObjectState> maker) {
    this.sites = new CallSites(pid);
    this.backend = backend;
    this.port = port;
    this.borrows = borrows;
    this.placed = placed;
    this.ids = ids;
    this.maker = maker;
    this.deadlines = new Deadlines(backend);
    this.dispatcher = new Dispatcher(backend, port, this);
  }

  private static Set<String> supers(Class<?> type) {
    Set<String> names = new HashSet<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      names.add(each.getName());
    }
    return names;
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }

  /** Takes over a task; it runs when its arguments are there. */
  void submit(PendingTask task) {
    if (ended != null) {
      finish(task, ended);
      return;
    }
    pending.add(task);
    port.pending(pending.size());
    if (hasArguments(task)) {
      dispatcher.ready(task);
    } else if (!task.state.isTerminal()) {
      changed(task, TaskState.PENDING_ARGS_AVAIL);
    }
  }

  /**
   * Whether the arguments of the task are there, or with workers. If not, it is told to the
   * dispatcher when they are; if one has failed, the task fails, too.
   */
  boolean hasArguments(PendingTask task) {
    // One more than there are, so that it cannot become ready while its arguments are counted.
    task.missing = 1;
    for (ShippedCall.Arg arg : task.argsWithRefs()) {
      if (arg instanceof ShippedCall.Arg.Ref(var ref)) {
        ObjectState state = (ObjectState) ref.handle();
        if (!state.hasValue()) {
          task.missing++;
          state.watchPlace(_ -> argumentReady(task));
          borrows.fetch(state, true);
        }
      }
    }
    if (--task.missing > 0) {
      return false;
    }
    ObjectState failed = task.failedArgument();
    if (failed != null) {
      task.run().error = failed.outcome().message();
      finish(task, failed.outcome());
    }
    return failed == null;
  }

  /** What a task waits for; empty if it does not, or not any more. */
  Optional<WaitReason> waits(ObjectId id) {
    return Optional.ofNullable(pending.get(id))
        .filter(task -> task.state != TaskState.RUNNING)
        .map(PendingTask::waits);
  }

  private void argumentReady(PendingTask task) {
    boolean wanted = ended == null && !task.state.isTerminal();
    if (--task.missing == 0 && wanted && hasArguments(task)) {
      dispatcher.ready(task);
    }
  }

  /** The value of an argument was not where the worker of the task was sent for it. */
  void argumentLost(String from, Message.ArgumentLost message) {
    PendingTask task = pending.get(message.task());
    if (task == null || !task.isAt(from, message.attempt())) {
      return;
    }
    dispatcher.takenBack(task);
    ObjectState state = task.argument(message.argument());
    Place place = state == null ? null : state.place();
    if (place != null && place.worker().equals(message.worker())) {
      placed.lost(state, place, message.why());
    }
    if (!isWanted(task)) {
      return;
    }
    // It was not begun, so this does not count as a try.
    changed(task, TaskState.PENDING_ARGS_AVAIL);
    if (hasArguments(task)) {
      dispatcher.again(task);
    }
  }

  /** Runs the task again that had made an object which is lost, if it has tries left. */
  void makeAgain(ObjectState state, Recipe recipe, String why) {
    if (!recipe.mayRetry()) {
      state.complete(
          Outcome.failure(
              Outcome.Kind.OBJECT_LOST,
              "the value of "
                  + state.id()
                  + ", which "
                  + recipe.function().name()
                  + " had made, is lost: "
                  + why
                  + "; it is not made again, since all tries are used up: maxRetries="
                  + recipe.function().options().maxRetries()));
      return;
    }
    List<ShippedCall.Arg> args =
        recipe.args(step -> {
          ObjectState made = maker.apply(ids.next());
          makeAgain(made, step, why);
          return made;
        });
    CallSite site = sites.of(recipe.function(), recipe.origin());
    PendingTask task = new PendingTask(state, null, site, args, backend.epochNs());
    task.run().attempt = recipe.attempt() + 1;
    submit(task);
  }

  /** The place of a call. Any thread. */
  CallSite site(ShippedFunction function, Origin origin) {
    return sites.of(function, origin);
  }

  void started(String from, Message.TaskStarted message) {
    PendingTask task = pending.get(message.task());
    if (task == null || !task.isAt(from, message.attempt())) {
      return;
    }
    task.run().started = message.started();
    Duration timeout = task.options().control().timeout();
    if (timeout != null && task.ending() == null) {
      long left = task.started() + nanos(timeout) - backend.epochNs();
      task.run().deadline = deadlines.after(left, () -> stop(task, new Ending(true, false, true)));
    }
    changed(task, TaskState.RUNNING);
  }

  /** A task of a cluster has a worker, in a process that is none of the session's. */
  void at(String from, Message.TaskAt message) {
    PendingTask task = pending.get(message.task());
    if (task != null && task.isAt(from, message.attempt())) {
      task.run().workerPid = message.pid();
    }
  }

  private static long nanos(Duration timeout) {
    return timeout.compareTo(LONGEST) >= 0 ? LONGEST.toNanos() : timeout.toNanos();
  }

  /** One of several values. */
  void item(String from, Message.TaskItem message) {
    PendingTask task = pending.get(message.task());
    if (task == null || !task.isAt(from, message.attempt())) {
      return;
    }
    if (task.returned() != null) {
      task.returned().put(message.number(), message.outcome());
    } else if (task.items() != null && message.number() == task.items().made() + 1) {
      ObjectState item = maker.apply(ItemStream.id(task.items().whole(), message.number()));
      item.complete(message.outcome());
      task.run().resultBytes += message.outcome().bytes();
      task.items().add(item);
    }
  }

  /** Somebody took something of a stream: its worker may go on. */
  void taken(ItemStream items) {
    PendingTask task = pending.get(items.whole().id());
    if (task != null
        && task.lease() != null
        && items.isNews(task.options().control().generatorBackpressure())) {
      port.toPeer(
          task.lease().worker,
          new Message.ItemsTaken(task.id(), task.attempt(), items.tellTaken()));
    }
  }

  void done(String from, Message.TaskDone message) {
    PendingTask task = pending.get(message.task());
    if (task == null || !task.isAt(from, message.attempt())) {
      return;
    }
    TaskRun run = task.run();
    run.started = message.started();
    run.ended = message.ended();
    run.cpuNs = message.cpuNs();
    run.error = message.error();
    Outcome outcome = message.outcome();
    boolean retry = message.retry();
    if (outcome.kind() == Outcome.Kind.WORKER_CRASHED) {
      // Of a cluster: the session's own raylet tells of its workers itself.
      Message.WorkerDied death = new Message.WorkerDied(from, run.workerPid, outcome.message(), "");
      dispatcher.takenBack(task, run.workerPid);
      crashed(task, death);
      return;
    }
    if (outcome.kind() == Outcome.Kind.TASK_CANCELLED && task.ending() != null) {
      outcome = task.ending().outcome(task, false, outcome.value());
      retry = retriesTimeout(task);
      task.run().error = outcome.message();
    } else if (task.ending() != null && !task.ending().timedOut()) {
      retry = false;
    }
    if (retry && task.mayRetry()) {
      failed(task, outcome);
      dispatcher.ended(task);
      again(task, task.error());
      return;
    }
    if (outcome.kind() == Outcome.Kind.TASK_FAILED) {
      outcome =
          Outcome.taskFailed(outcome.value(), task.withAttempts(outcome.message(), task.error()));
    }
    if (outcome.kind() == Outcome.Kind.STORED) {
      // Only of a task with one result.
      task.run().place = new Place(from, outcome.bytes(), Recipe.of(task));
    }
    finish(task, outcome);
    dispatcher.ended(task);
  }

  /** Tasks that a worker was sent and has not begun come back. */
  void returned(Message.TasksReturned message) {
    List<PendingTask> back = new ArrayList<>(message.tasks().size());
    for (ObjectId id : message.tasks()) {
      PendingTask task = pending.get(id);
      if (task != null) {
        back.add(task);
      }
    }
    PendingTask holder = message.holder() == null ? null : pending.get(message.holder());
    dispatcher.returned(message.lease(), back, message.holder() == null, holder);
  }

  /** Whether a task that was not begun is still wanted; ends it if it is not. */
  boolean isWanted(PendingTask task) {
    if (task.ending() != null) {
      endUnbegun(task);
    }
    return task.ending() == null;
  }

  private void endUnbegun(PendingTask task) {
    Outcome outcome = task.ending().outcome(task, false, null);
    task.run().error = outcome.message();
    finish(task, outcome);
  }

  private static boolean retriesTimeout(PendingTask task) {
    return task.ending().timedOut()
        && task.options().control().retryExceptions().stream().anyMatch(TIMEOUTS::contains);
  }

  private void again(PendingTask task, String failure) {
    deadlines.cancel(task.run().deadline);
    task.nextAttempt(failure);
    if (hasArguments(task)) {
      dispatcher.again(task);
    }
  }

  /** Ends the task that makes the object; one that has ended stays as it is. */
  void cancel(ObjectId object, boolean force, boolean recursive) {
    PendingTask task = pending.get(object.at(1));
    if (task != null) {
      stop(task, new Ending(false, force, recursive));
    }
  }

  void cancelChildren(ObjectId parent, boolean force) {
    pending.all().stream()
        .filter(task -> parent.equals(task.origin().parent()))
        .toList()
        .forEach(task -> stop(task, new Ending(false, force, true)));
  }

  private void stop(PendingTask task, Ending wanted) {
    Ending before = task.ending();
    Ending ending = wanted.and(before);
    if (task.state.isTerminal() || ending.equals(before)) {
      return;
    }
    task.run().ending = ending;
    if (task.lease() == null) {
      endUnbegun(task);
      dispatcher.unwanted(task);
      return;
    }
    port.toPeer(
        task.lease().worker,
        new Message.CancelTask(task.id(), task.attempt(), ending.force(), ending.recursive()));
    if (before != null && before.timedOut() && !ending.force()) {
      // It is to be killed already, if it does not heed its interrupt.
      return;
    }
    TaskRun run = task.run();
    deadlines.cancel(run.deadline);
    run.deadline = null;
    if (ending.force()) {
      // Its worker ends itself, unless it is stopped or stuck.
      long lease = run.lease.id;
      run.deadline = deadlines.after(KILL_NS, () -> port.toRaylet(new Message.KillWorker(lease)));
    } else if (ending.timedOut()) {
      run.deadline = deadlines.after(GRACE_NS, () -> stop(task, new Ending(true, true, true)));
    }
  }

  /** The worker that ran the task has died. */
  void crashed(PendingTask task, Message.WorkerDied death) {
    boolean stopped = task.ending() != null;
    String died = "died: " + death.how();
    String what = "worker " + death.pid() + " " + died;
    task.run().error = what;
    if (stopped ? retriesTimeout(task) && task.mayRetry() : task.mayRetry()) {
      task.run().error = stopped ? task.ending().outcome(task, true, null).message() : what;
      task.run().ended = backend.epochNs();
      failed(task, Outcome.failure(Outcome.Kind.WORKER_CRASHED, task.error()));
      again(task, died);
      return;
    }
    if (stopped) {
      Outcome outcome = task.ending().outcome(task, true, null);
      task.run().error = outcome.message();
      finish(task, outcome);
      return;
    }
    String message =
        task.name()
            + " failed: its "
            + what
            + ", in attempt "
            + task.attempt()
            + " of "
            + task.attempts()
            + (death.how().contains(KILL) ? ", perhaps for want of memory" : "");
    finish(
        task,
        Outcome.failure(
            Outcome.Kind.WORKER_CRASHED,
            task.withAttempts(message, died)
                + (death.tail().isBlank() ? "" : "\nLast lines of its stderr:\n" + death.tail())));
  }

  private void failed(PendingTask task, Outcome outcome) {
    port.failed(task.now(task.ended()), outcome);
  }

  void finish(PendingTask task, Outcome outcome) {
    pending.remove(task);
    port.pending(pending.size());
    TaskRun run = task.run();
    deadlines.cancel(run.deadline);
    if (run.ended == 0) {
      run.ended = backend.epochNs();
    }
    if (task.returned() != null && outcome.isValue()) {
      run.resultBytes = task.returned().bytes();
    } else if (task.items() == null) {
      run.resultBytes = outcome.isReturned() ? outcome.bytes() : 0;
    }
    run.errorType = errorType(outcome);
    if (!outcome.isReturned()) {
      failed(task, outcome);
    }
    // Reported first, so that whoever sees the value sees the task ended too.
    changed(task, outcome.isReturned() ? TaskState.FINISHED : TaskState.FAILED);
    if (run.place != null) {
      placed.placed(task.result(), run.place);
      return;
    }
    for (int i = 0; i < task.resultCount(); i++) {
      boolean several = task.returned() != null && outcome.isValue();
      task.result(i).complete(several ? task.returned().get(i) : outcome);
    }
    if (task.items() == null && !outcome.isReturned() && task.origin().parent() == null) {
      port.failed(task.results());
    }
    if (task.items() != null) {
      if (outcome.isValue()) {
        task.items().end();
      } else {
        task.items()
            .fail(
                maker.apply(ItemStream.id(task.items().whole(), task.items().made() + 1)), outcome);
      }
    }
  }

  private static ErrorType errorType(Outcome outcome) {
    return switch (outcome.kind()) {
      case VALUE, STORED -> null;
      case WORKER_CRASHED -> ErrorType.WORKER_DIED;
      case OWNER_DIED -> ErrorType.OWNER_DIED;
      case OBJECT_LOST, FREED -> ErrorType.OBJECT_LOST;
      case TASK_CANCELLED -> ErrorType.TASK_CANCELLED;
      case TASK_FAILED, REFUSED, SESSION_ENDED, TASK_TIMED_OUT ->
          ErrorType.TASK_EXECUTION_EXCEPTION;
    };
  }

  void changed(PendingTask task, TaskState state) {
    task.state = state;
    TaskUpdate now = task.now(since(task));
    TaskNews kept = now.kept();
    for (int i = 0; i < task.resultCount(); i++) {
      task.result(i).news(kept);
    }
    record(now);
    port.report(now, kept);
  }

  private static void record(TaskNews news) {
    if (FlightEvents.wanted()) {
      TaskStateEvent.emit(news.update());
    }
  }

  /** A task may go to a worker. */
  void ready(PendingTask task) {
    if (task.state == TaskState.PENDING_NODE_ASSIGNMENT) {
      // As it was made.
      TaskNews made = task.result().news();
      record(made);
      port.ready(made);
    } else {
      changed(task, TaskState.PENDING_NODE_ASSIGNMENT);
    }
  }

  private long since(PendingTask task) {
    return switch (task.state) {
      case RUNNING -> task.started();
      case FINISHED, FAILED -> task.ended();
      default -> backend.epochNs();
    };
  }

  /** Ends all tasks with that outcome, and those that come. */
  void end(Outcome outcome) {
    ended = outcome;
    List<PendingTask> all = pending.all();
    pending.clear();
    deadlines.clear();
    dispatcher.clear();
    all.forEach(task -> finish(task, outcome));
  }
}
