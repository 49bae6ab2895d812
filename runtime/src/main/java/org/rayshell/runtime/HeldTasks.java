package org.rayshell.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.rayshell.runtime.owner.ArgumentsElsewhere;
import org.rayshell.runtime.owner.Owner;
import org.rayshell.runtime.wire.Backend;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;

/** The tasks that this worker was sent and has not ended, and their cancelling. The loop's. */
final class HeldTasks {
  /** How often a task is interrupted that does not heed it. */
  private static final long AGAIN_NS = 250_000_000L;

  /** What was printed before a kill is on its way after this. */
  private static final long KILL_NS = 1_000_000L;

  /** A task, and what becomes of it. */
  private static final class Held {
    private final Message.PushTask task;
    private final String owner;
    private final CancelSignal signal = new CancelSignal();
    private final Credit credit;

    /** Whether the runner has it. */
    private boolean assigned;

    /** Whether what it submits is cancelled with it. */
    private boolean recursive;

    private Held(Message.PushTask task, String owner) {
      this.task = task;
      this.owner = owner;
      this.credit = new Credit(task.terms());
    }
  }

  private final Map<ObjectId, Held> held = new HashMap<>();
  private final Backend backend;
  private final TaskRunner runner;
  private final Owner children;
  private final BiPredicate<Message.PushTask, String> heldUp;
  private final Runnable beforeKill;
  private final Runnable kill;

  /**
   * None.
   *
   * @param children owns what the tasks submit
   * @param heldUp whether a task that could begin went back to its owner instead, which is given
   * @param beforeKill sends what is to be sent before the end of the process
   * @param kill ends the process
   */
  HeldTasks(
      Backend backend,
      TaskRunner runner,
      Owner children,
      BiPredicate<Message.PushTask, String> heldUp,
      Runnable beforeKill,
      Runnable kill) {
    this.heldUp = heldUp;
    this.backend = backend;
    this.runner = runner;
    this.children = children;
    this.beforeKill = beforeKill;
    this.kill = kill;
  }

  /** A task has come; it is the runner's once its arguments are here. */
  void sent(Message.PushTask task, String owner) {
    Held entry = new Held(task, owner);
    held.put(task.task(), entry);
    if (task.stored().isEmpty()) {
      begin(entry, task);
      return;
    }
    new ArgumentsElsewhere(task, children.results())
        .get(whole -> begin(entry, whole), (lost, why) -> giveBack(entry, lost, why));
  }

  private void begin(Held entry, Message.PushTask whole) {
    // It may have been cancelled meanwhile.
    if (held.get(whole.task()) != entry) {
      return;
    }
    if (heldUp.test(whole, entry.owner)) {
      held.remove(whole.task());
      return;
    }
    entry.assigned = true;
    runner.assign(whole, entry.owner, entry.signal, entry.credit);
  }

  private void giveBack(Held entry, Message.StoredArgument lost, String why) {
    Message.PushTask task = entry.task;
    if (held.remove(task.task(), entry)) {
      children.send(
          entry.owner,
          new Message.ArgumentLost(task.task(), task.attempt(), lost.id(), lost.worker(), why));
    }
  }

  /** Takes out tasks of a lease that have not begun, the latest; in the order they came. */
  List<ObjectId> giveBack(long lease, int max) {
    List<ObjectId> back = runner.giveBack(lease, max);
    back.forEach(held::remove);
    return back;
  }

  /** A task has ended. */
  void ended(Message.TaskDone result) {
    Held entry = held.remove(result.task());
    if (entry != null
        && entry.recursive
        && result.outcome().kind() == Outcome.Kind.TASK_CANCELLED) {
      // What it submitted before it heeded the interrupt.
      children.cancelChildren(result.task(), false);
    }
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  /** Readers have taken items of a stream. */
  void taken(Message.ItemsTaken message) {
    Held entry = held.get(message.task());
    if (entry != null && entry.task.attempt() == message.attempt()) {
      entry.credit.taken(message.count());
    }
  }

  /**
   * A task is not wanted any more.
   *
   * @return the owner of one that had not begun and is gone now; null if there is nothing to tell
   */
  String cancel(Message.CancelTask message) {
    Held entry = held.get(message.task());
    if (entry == null || entry.task.attempt() != message.attempt()) {
      return null;
    }
    if (!entry.assigned || runner.remove(message.task())) {
      held.remove(message.task());
      return entry.owner;
    }
    if (message.recursive()) {
      entry.recursive = true;
      children.cancelChildren(message.task(), message.force());
    }
    boolean first = !entry.signal.cancelled();
    if (entry.signal.cancel() && first) {
      backend.schedule(AGAIN_NS, () -> again(entry));
    }
    if (message.force()) {
      beforeKill.run();
      backend.schedule(KILL_NS, () -> entry.signal.ifRunning(kill));
    }
    return null;
  }

  private void again(Held entry) {
    if (entry.signal.cancel()) {
      backend.schedule(AGAIN_NS, () -> again(entry));
    }
  }
}
