package org.rayshell.runtime.owner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final Dispatcher dispatcher;
  private final Map<ObjectId, PendingTask> pending = new HashMap<>();
  private Outcome ended;

  /**
   * No tasks.
   *
   * @param pid of this process
   */
  Tasks(long pid, Backend backend, OwnerPort port, Borrows borrows) {
    this.pid = pid;
    this.backend = backend;
    this.port = port;
    this.borrows = borrows;
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
    // One more than there are, so that it cannot become ready while its arguments are counted.
    task.missing = 1;
    for (ShippedCall.Arg arg : task.call.args()) {
      if (arg instanceof ShippedCall.Arg.Ref(var ref)) {
        ObjectState state = (ObjectState) ref.handle();
        if (state.outcome() == null) {
          task.missing++;
          state.watch(_ -> argumentReady(task), true);
          borrows.fetch(state, true);
        }
      }
    }
    if (task.missing > 1) {
      changed(task, TaskState.PENDING_ARGS_AVAIL);
    }
    argumentReady(task);
  }

  private void argumentReady(PendingTask task) {
    if (--task.missing > 0 || ended != null) {
      return;
    }
    ObjectState failed = task.failedArgument();
    if (failed != null) {
      task.error = failed.outcome().message();
      finish(task, failed.outcome());
      return;
    }
    dispatcher.ready(task);
  }

  void started(String from, Message.TaskStarted message) {
    PendingTask task = pending.get(message.task());
    if (task != null && task.isAt(from, message.attempt())) {
      task.started = message.started();
      changed(task, TaskState.RUNNING);
    }
  }

  void done(String from, Message.TaskDone message) {
    PendingTask task = pending.get(message.task());
    if (task == null || !task.isAt(from, message.attempt())) {
      return;
    }
    task.started = message.started();
    task.ended = message.ended();
    task.cpuNs = message.cpuNs();
    task.error = message.error();
    finish(task, message.outcome());
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

  /** The worker that ran the task has died; tells whether it is to run again. */
  boolean crashed(PendingTask task, Message.WorkerDied death) {
    if (task.mayRetry()) {
      task.attempt++;
      task.started = 0;
      task.workerPid = 0;
      return true;
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
    return false;
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
