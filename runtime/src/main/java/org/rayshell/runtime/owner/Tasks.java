package org.rayshell.runtime.owner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.view.TaskStateEvent;
import org.rayshell.runtime.wire.Backend;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;

/**
 * The tasks of one owner, from their submission until they end: their arguments, their states,
 * their retries, their results. Belongs to the loop.
 */
final class Tasks {
  private final long pid;
  private final Backend backend;
  private final OwnerPort port;
  private final Borrows borrows;
  private final Placed placed;
  private final Supplier<ObjectState> newState;
  private final Dispatcher dispatcher;
  private final Map<ObjectId, PendingTask> pending = new HashMap<>();
  private Outcome ended;

  /**
   * No tasks.
   *
   * @param pid of this process
   * @param newState makes objects of this owner
   */
  Tasks(
      long pid,
      Backend backend,
      OwnerPort port,
      Borrows borrows,
      Placed placed,
      Supplier<ObjectState> newState) {
    this.newState = newState;
    this.pid = pid;
    this.backend = backend;
    this.port = port;
    this.borrows = borrows;
    this.placed = placed;
    this.dispatcher = new Dispatcher(port, this);
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
    pending.put(task.id(), task);
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
    for (ShippedCall.Arg arg : task.call.args()) {
      if (arg instanceof ShippedCall.Arg.Ref(var ref)) {
        ObjectState state = (ObjectState) ref.handle();
        if (!hasValue(state)) {
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
      task.error = failed.outcome().message();
      finish(task, failed.outcome());
    }
    return failed == null;
  }

  private static boolean hasValue(ObjectState state) {
    return state.outcome() != null || state.isPlaced();
  }

  private void argumentReady(PendingTask task) {
    if (--task.missing == 0 && ended == null && hasArguments(task)) {
      dispatcher.ready(task);
    }
  }

  /** The value of an argument was not where the worker of the task was sent for it. */
  void argumentLost(String from, Message.ArgumentLost message) {
    PendingTask task = pending.get(message.task());
    if (task == null || task.attempt != message.attempt()) {
      return;
    }
    dispatcher.ended(from, task);
    ObjectState state = task.argument(message.argument());
    Place place = state == null ? null : state.place();
    if (place != null && place.worker().equals(message.worker())) {
      placed.lost(state, place, message.why());
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
                  + recipe.call().name()
                  + " had made, is lost: "
                  + why
                  + "; it is not made again, since all tries are used up: maxRetries="
                  + recipe.call().options().maxRetries()));
      return;
    }
    ShippedCall call =
        recipe.call(step -> {
          ObjectState made = newState.get();
          makeAgain(made, step, why);
          return made;
        });
    PendingTask task = new PendingTask(state, call, recipe.origin(), backend.epochNs());
    task.attempt = recipe.attempt() + 1;
    submit(task);
  }

  void started(Message.TaskStarted message) {
    PendingTask task = pending.get(message.task());
    if (task != null && task.attempt == message.attempt() && !task.state.isTerminal()) {
      task.started = message.started();
      changed(task, TaskState.RUNNING);
    }
  }

  void done(String from, Message.TaskDone message) {
    PendingTask task = pending.get(message.task());
    if (task == null || task.attempt != message.attempt()) {
      return;
    }
    task.started = message.started();
    task.ended = message.ended();
    task.cpuNs = message.cpuNs();
    task.error = message.error();
    if (message.outcome().kind() == Outcome.Kind.STORED) {
      place(task, from, message.outcome().bytes());
    } else {
      finish(task, message.outcome());
    }
    dispatcher.ended(from, task);
  }

  /** The worker that ran the task has died. */
  void crashed(PendingTask task, Message.WorkerDied death) {
    if (task.mayRetry()) {
      task.attempt++;
      task.restart();
      if (hasArguments(task)) {
        dispatcher.again(task);
      }
      return;
    }
    String what = "worker " + death.pid() + " died: " + death.how();
    task.error = what;
    finish(
        task,
        Outcome.failure(
            Outcome.Kind.WORKER_CRASHED,
            task.call.name()
                + " failed: its "
                + what
                + ", in attempt "
                + task.attempt
                + " of "
                + task.attempts()
                + (death.tail().isBlank() ? "" : "\nLast lines of its stderr:\n" + death.tail())));
  }

  private void place(PendingTask task, String worker, long bytes) {
    pending.remove(task.id());
    task.resultBytes = bytes;
    changed(task, TaskState.FINISHED);
    placed.placed(task.result, new Place(worker, bytes, Recipe.of(task)));
  }

  void finish(PendingTask task, Outcome outcome) {
    pending.remove(task.id());
    if (task.ended == 0) {
      task.ended = backend.epochNs();
    }
    task.resultBytes = outcome.isValue() ? outcome.bytes() : 0;
    // Reported first, so that whoever sees the value sees the task ended too.
    changed(task, outcome.isValue() ? TaskState.FINISHED : TaskState.FAILED);
    task.result.complete(outcome);
  }

  void changed(PendingTask task, TaskState state) {
    task.state = state;
    var update = task.update(pid, since(task));
    task.result.task(update);
    TaskStateEvent.emit(update);
    port.report(update);
  }

  private long since(PendingTask task) {
    return switch (task.state) {
      case RUNNING -> task.started;
      case FINISHED, FAILED -> task.ended;
      default -> backend.epochNs();
    };
  }

  /** Ends all tasks with that outcome, and those that come. */
  void end(Outcome outcome) {
    ended = outcome;
    List<PendingTask> all = new ArrayList<>(pending.values());
    pending.clear();
    dispatcher.clear();
    all.forEach(task -> finish(task, outcome));
  }
}
