package org.rayshell.cluster.gateway;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.rayshell.cluster.task.RayErrors;
import org.rayshell.cluster.task.RayHeld;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.cluster.Cluster;
import org.rayshell.runtime.wire.Outcome;

/**
 * The tasks that Ray was given, calls and slots, and that have not ended. Their workers tell of
 * their ends; a thread looks now and then whether Ray knows of one that no worker tells of.
 * Thread-safe: one lock.
 */
final class Submissions {
  /** So often Ray is asked while nothing is amiss. */
  private static final long LOOK_MS = 500;

  /** And so often after a worker was lost, so many times. */
  private static final long SOON_MS = 20;

  private static final int SOON_TIMES = 500;

  /** Ray is asked of so many at once. */
  private static final int AT_ONCE = 1_000;

  /** Told what became of a task whose worker cannot tell. */
  interface Ended {
    void ended(ObjectId task, RayHeld held, Cluster.Result result);
  }

  private static final class Entry {
    private final ObjectId task;
    private final int attempt;
    private final RayHeld held;
    private boolean begun;

    /** Whether Ray has said before that it has ended: its worker has had time to say so. */
    private boolean suspect;

    Entry(ObjectId task, int attempt, RayHeld held) {
      this.task = task;
      this.attempt = attempt;
      this.held = held;
    }
  }

  private final Ended listener;
  private final BooleanSupplier head;
  private final Map<ObjectId, Entry> entries = new LinkedHashMap<>();
  private int soon;

  /**
   * None yet.
   *
   * @param head whether the cluster's head answers: what Ray says of tasks without it is no news of
   *     them but of it
   */
  Submissions(Ended listener, BooleanSupplier head) {
    this.listener = listener;
    this.head = head;
  }

  void start() {
    Thread.ofPlatform().daemon().name("rayshell-look").start(this::look);
  }

  synchronized void add(ObjectId task, int attempt, RayHeld held) {
    entries.put(task, new Entry(task, attempt, held));
  }

  /** Whether there are any. */
  synchronized boolean areThere() {
    return !entries.isEmpty();
  }

  /** The try of the task has ended; null if that is known, or there is another one. */
  synchronized RayHeld take(ObjectId task, int attempt) {
    Entry entry = entries.get(task);
    if (entry == null || entry.attempt != attempt) {
      return null;
    }
    entries.remove(task);
    return entry.held;
  }

  /** As {@link #take}, of one that has not begun. */
  synchronized RayHeld takeUnbegun(ObjectId task, int attempt) {
    Entry entry = entries.get(task);
    return entry == null || entry.begun ? null : take(task, attempt);
  }

  /** The try of the task has begun; false if nobody waits for it. */
  synchronized boolean begun(ObjectId task, int attempt) {
    Entry entry = entries.get(task);
    if (entry == null || entry.attempt != attempt) {
      return false;
    }
    entry.begun = true;
    return true;
  }

  /** A worker was lost: Ray will know soon what became of its task. */
  synchronized void lookSoon() {
    soon = SOON_TIMES;
    notifyAll();
  }

  private void look() {
    while (true) {
      List<Entry> now;
      synchronized (this) {
        try {
          wait(soon > 0 ? SOON_MS : LOOK_MS);
        } catch (InterruptedException _) {
          return;
        }
        soon = Math.max(0, soon - 1);
        now = entries.values().stream().filter(entry -> entry.held.isKnown()).toList();
      }
      for (int from = 0; from < now.size(); from += AT_ONCE) {
        look(now.subList(from, Math.min(now.size(), from + AT_ONCE)));
      }
    }
  }

  private void look(List<Entry> some) {
    Set<Object> ready;
    try {
      ready =
          new HashSet<>(
              RayErrors.ready(
                  some.stream().map(entry -> entry.held).toList(),
                  some.size(),
                  Duration.ZERO,
                  false));
    } catch (RuntimeException e) {
      // The head is gone, which is told elsewhere.
      return;
    }
    for (Entry entry : some) {
      if (!ready.contains(entry.held.ref())) {
        continue;
      }
      if (!entry.suspect) {
        entry.suspect = true;
        continue;
      }
      Cluster.Result result = RayErrors.get(entry.held, null);
      if (result.kind() != Outcome.Kind.VALUE && !head.getAsBoolean()) {
        return;
      }
      if (take(entry.task, entry.attempt) != null) {
        listener.ended(entry.task, entry.held, result);
      }
    }
  }
}
