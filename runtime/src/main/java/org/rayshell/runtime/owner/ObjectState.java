package org.rayshell.runtime.owner;

import java.util.ArrayList;
import java.util.List;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.RefHandle;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.TaskUpdate;

/**
 * What this process knows of an object: a ref's handle holds it, so a value goes when its last ref
 * here does. Any thread may read and watch; only the loop's thread (or the one that makes it) sets
 * the outcome, once.
 */
public final class ObjectState implements RefHandle {
  /** Told once that the object is ready. */
  public interface Watcher {
    void ready(ObjectState state);
  }

  private static final Outcome FREED =
      Outcome.failure(
          Outcome.Kind.FREED,
          "the value was let go by Ray.free; make it again, or free it only when it is of no more"
              + " use");

  private final ObjectId id;
  private final String owner;
  private final Owner home;
  private volatile Outcome outcome;
  private volatile boolean ready;

  /** The latest news of the task that makes it; null for what was put and for what is borrowed. */
  private volatile TaskUpdate task;

  /** What was asked of the owner, of a borrowed object; the loop's. */
  private boolean valueAsked;

  private boolean readinessAsked;

  /** Guarded by this: the value is not wanted any more. */
  private boolean freed;

  /** Guarded by this; null once the object is ready and its value is here. */
  private List<Watcher> watchers;

  ObjectState(ObjectId id, String owner, Owner home) {
    this.id = id;
    this.owner = owner;
    this.home = home;
  }

  @Override
  public ObjectId id() {
    return id;
  }

  @Override
  public String owner() {
    return owner;
  }

  /** The owner, of this process, that gave the handle out. */
  public Owner home() {
    return home;
  }

  /** Its value or failure, if that is here; else null. */
  public Outcome outcome() {
    return outcome;
  }

  /** Whether this asks for more than was asked before; remembers it. On the loop's thread. */
  boolean ask(boolean value) {
    if (valueAsked || readinessAsked && !value) {
      return false;
    }
    valueAsked = value;
    readinessAsked = true;
    return true;
  }

  /** Whether it is known to be ready, here or at its owner. */
  public boolean isReady() {
    return ready;
  }

  /** The latest news of the task that makes it, or null. */
  public TaskUpdate task() {
    return task;
  }

  void task(TaskUpdate update) {
    task = update;
  }

  /**
   * Tells the watcher when the object is ready; at once, on this thread, if it is.
   *
   * @param valueHere whether it is to be told only when the outcome is in this process
   */
  public void watch(Watcher watcher, boolean valueHere) {
    synchronized (this) {
      if (outcome == null && (valueHere || !ready)) {
        if (watchers == null) {
          watchers = new ArrayList<>(1);
        }
        watchers.add(valueHere ? new ForValue(watcher) : watcher);
        return;
      }
    }
    watcher.ready(this);
  }

  /** The watcher need not be told any more. */
  public synchronized void unwatch(Watcher watcher) {
    if (watchers != null) {
      watchers.removeIf(w -> w == watcher || w instanceof ForValue(Watcher to) && to == watcher);
    }
  }

  /** The object is ready at its owner; its value may still be there only. */
  void markReady() {
    List<Watcher> told = new ArrayList<>();
    synchronized (this) {
      ready = true;
      if (watchers != null) {
        watchers.removeIf(w -> !(w instanceof ForValue) && told.add(w));
      }
    }
    told.forEach(w -> w.ready(this));
  }

  /** The value goes, or will as soon as it is there. Any thread. */
  public void free() {
    synchronized (this) {
      freed = true;
      if (outcome != null && outcome.isValue()) {
        outcome = FREED;
      }
    }
  }

  /** The object's end result is here. Only the first call counts. */
  void complete(Outcome end) {
    Outcome result;
    List<Watcher> told;
    synchronized (this) {
      if (outcome != null) {
        return;
      }
      result = freed && end.isValue() ? FREED : end;
      outcome = result;
      ready = true;
      told = watchers;
      watchers = null;
    }
    if (result.isValue()) {
      home.stored(this, result.bytes());
    }
    if (told != null) {
      told.forEach(w -> w.ready(this));
    }
  }

  private record ForValue(Watcher to) implements Watcher {
    @Override
    public void ready(ObjectState state) {
      to.ready(state);
    }
  }
}
