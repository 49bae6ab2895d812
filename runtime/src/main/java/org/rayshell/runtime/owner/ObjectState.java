package org.rayshell.runtime.owner;

import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.RefHandle;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.view.OwnedObject;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.TaskNews;
import org.rayshell.runtime.wire.TaskUpdate;

/**
 * What this process knows of an object: a ref's handle holds it, so a value goes when its last ref
 * here does. Any thread may read and watch; only the loop's thread (or the one that makes it) sets
 * the outcome, once.
 */
public sealed class ObjectState implements RefHandle permits BorrowedObject {
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
  private final Owner home;

  /** Its {@link Outcome}; of a value on the heap without refs the bytes alone. Null until then. */
  private volatile Object end;

  private volatile boolean ready;

  /** The latest news of the task that makes it; null for what was put and for what is borrowed. */
  private volatile TaskNews news;

  /** Whether somebody in this process has asked for it, or passed it on. */
  private volatile boolean used;

  /** What was asked of the owner, of a borrowed object; the loop's. */
  private boolean valueAsked;

  private boolean readinessAsked;

  private boolean placeAsked;

  /** Set by the loop: where the value is that is not here. */
  private volatile Place place;

  /** Guarded by this: the value is not wanted any more. */
  private boolean freed;

  /** Guarded by this; null once the object is ready and its value is here. */
  private Watchers watchers;

  /** An object of this process. */
  ObjectState(ObjectId id, Owner home) {
    this.id = id;
    this.home = home;
  }

  @Override
  public ObjectId id() {
    return id;
  }

  @Override
  public String owner() {
    return home.name();
  }

  /** The owner, of this process, that gave the handle out. */
  public Owner home() {
    return home;
  }

  /** Its value or failure, if that is here; else null. */
  public Outcome outcome() {
    return outcome(end);
  }

  private static Outcome outcome(Object end) {
    return end instanceof byte[] bytes ? Outcome.value(new EncodedValue(bytes)) : (Outcome) end;
  }

  private static Object kept(Outcome outcome) {
    EncodedValue value = outcome.isValue() ? outcome.value() : null;
    return value != null && value.block() == null && value.refs().isEmpty()
        ? value.heap()
        : outcome;
  }

  /** Whether its value or failure is here. */
  public boolean isEnded() {
    return end != null;
  }

  /** Whether its value is here. */
  public boolean isValue() {
    return isValue(end);
  }

  private static boolean isValue(Object end) {
    return end instanceof byte[] || end instanceof Outcome outcome && outcome.isValue();
  }

  /** Whether it has failed, and that is known here. */
  public boolean hasFailed() {
    Object now = end;
    return now != null && !isValue(now);
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

  /** Somebody in this process asks for it, or passes it on. */
  public void use() {
    if (!used) {
      used = true;
    }
  }

  /** Whether anybody in this process has asked for it, or passed it on. */
  public boolean isUsed() {
    return used;
  }

  /** The latest news of the task that makes it, or null. */
  public TaskUpdate task() {
    TaskNews latest = news;
    return latest == null ? null : latest.update();
  }

  /** The same as it is kept: it may hold the task. */
  public TaskNews news() {
    return news;
  }

  void news(TaskNews latest) {
    news = latest;
  }

  /**
   * What was heard of it last, to be compared by identity: another thing after each change; null if
   * nothing was heard. Does not hold the value.
   */
  public Object latest() {
    Object now = end;
    if (now != null) {
      return isValue(now) ? this : now;
    }
    Place kept = place;
    if (kept != null) {
      return kept;
    }
    // A task that waits as it was made would hold its result.
    TaskNews task = news;
    return task == null || task instanceof TaskUpdate ? task : task.kind();
  }

  /** Where the value is, if it is with the worker that made it; else null. */
  public boolean isPlaced() {
    return place != null;
  }

  /** Bytes of the value, here or where it is kept; 0 if there is none. */
  public long bytes() {
    Object now = end;
    Place kept = place;
    return isValue(now) ? outcome(now).bytes() : kept != null ? kept.bytes() : 0;
  }

  /** Whether its outcome is here, or its value is somewhere. */
  boolean hasValue() {
    return end != null || place != null;
  }

  /** What of it there is. Any thread. */
  OwnedObject.State status() {
    Outcome now = outcome();
    if (now == null) {
      return place == null ? OwnedObject.State.PENDING : OwnedObject.State.STORED;
    }
    return switch (now.kind()) {
      case VALUE, STORED -> OwnedObject.State.STORED;
      case FREED -> OwnedObject.State.FREED;
      case OBJECT_LOST, OWNER_DIED -> OwnedObject.State.LOST;
      case TASK_FAILED, WORKER_CRASHED, REFUSED, SESSION_ENDED, TASK_CANCELLED, TASK_TIMED_OUT ->
          OwnedObject.State.FAILED;
    };
  }

  Place place() {
    return place;
  }

  /**
   * Tells the watcher when the object is ready; at once, on this thread, if it is. If the value is
   * wanted here and another process has it, as {@link #isPlaced} tells afterwards, somebody has to
   * fetch it.
   *
   * @param valueHere whether it is to be told only when the outcome is in this process
   */
  public void watch(Watcher watcher, boolean valueHere) {
    watch(watcher, valueHere ? Watchers.Until.HERE : Watchers.Until.READY);
  }

  /** Tells the watcher when the outcome is here, or it is known who has the value. */
  void watchPlace(Watcher watcher) {
    watch(watcher, Watchers.Until.PLACED);
  }

  private void watch(Watcher watcher, Watchers.Until until) {
    synchronized (this) {
      if (!has(until)) {
        watchers = Watchers.with(watchers, watcher, until);
        return;
      }
    }
    watcher.ready(this);
  }

  private boolean has(Watchers.Until until) {
    return end != null
        || switch (until) {
          case READY -> ready;
          case PLACED -> place != null;
          case HERE -> false;
        };
  }

  /** The watcher need not be told any more. */
  public synchronized void unwatch(Watcher watcher) {
    watchers = Watchers.without(watchers, watcher);
  }

  /** The object is ready at its owner; its value may still be there only. */
  void markReady() {
    Watchers told;
    synchronized (this) {
      ready = true;
      told = takeThoseThatHave();
    }
    home.changed();
    Watchers.tell(told, this);
  }

  /**
   * The value is with a worker.
   *
   * @return whether somebody waits for it here
   */
  boolean place(Place where) {
    Watchers told;
    boolean wanted;
    boolean unwanted;
    synchronized (this) {
      unwanted = freed;
      if (!unwanted) {
        place = where;
        ready = true;
      }
      told = unwanted ? null : takeThoseThatHave();
      wanted = !unwanted && watchers != null;
    }
    home.changed();
    if (unwanted) {
      // Tells all, those too who wait for no more than that it is ready.
      complete(FREED);
    }
    Watchers.tell(told, this);
    return wanted;
  }

  /** The value is not where it was; whoever asks from now on waits until it is somewhere again. */
  synchronized void displace() {
    place = null;
    ready = false;
    placeAsked = false;
    valueAsked = false;
    readinessAsked = false;
  }

  /** Whether nobody has asked for the value where it is; remembers it. On the loop's thread. */
  boolean askPlace() {
    boolean first = !placeAsked;
    placeAsked = true;
    return first;
  }

  private Watchers takeThoseThatHave() {
    Watchers told = Watchers.of(watchers, this::has);
    watchers = Watchers.of(watchers, until -> !has(until));
    return told;
  }

  /** The value goes, or will as soon as it is there. Any thread. */
  public void free() {
    synchronized (this) {
      freed = true;
      if (isValue(end)) {
        end = FREED;
      }
      if (place == null) {
        return;
      }
    }
    complete(FREED);
  }

  /** The object's end result is here. Only the first call counts. */
  void complete(Outcome outcome) {
    Object result;
    Watchers told;
    synchronized (this) {
      if (end != null) {
        return;
      }
      result = freed && outcome.isValue() ? FREED : kept(outcome);
      end = result;
      place = null;
      ready = true;
      told = watchers;
      watchers = null;
    }
    home.changed();
    if (isValue(result)) {
      home.stored(result, outcome.bytes());
    }
    if (told != null) {
      Watchers.tell(told, this);
    }
  }
}
