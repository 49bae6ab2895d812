package org.rayshell.runtime.owner;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.wire.Outcome;

/**
 * The objects that a streaming task has made and that nobody has taken yet. The loop adds, readers
 * take. Thread-safe: its own lock, a leaf.
 */
public final class ItemStream {
  private final ObjectState whole;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<ObjectState> waiting = new ArrayDeque<>();
  private int made;
  private int taken;
  private int told;
  private boolean ended;
  private boolean closed;

  ItemStream(ObjectState whole) {
    this.whole = whole;
  }

  /** What tells the end of the stream. */
  public ObjectState whole() {
    return whole;
  }

  /** The id of one of the objects, counted from 1. */
  static ObjectId id(ObjectState whole, int number) {
    return whole.id().at(1 + number);
  }

  /** The next object; null if that has to be waited for, or if there is none. */
  public ObjectState poll() {
    lock.lock();
    try {
      ObjectState next = waiting.poll();
      if (next != null) {
        taken++;
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Whether an object is there, or it is known that none comes. */
  public boolean isDecided() {
    lock.lock();
    try {
      return !waiting.isEmpty() || ended;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until {@link #isDecided}. */
  public void await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && !ended) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The same, for so many nanoseconds at most; whether it is decided. */
  public boolean await(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (waiting.isEmpty() && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      return !waiting.isEmpty() || ended;
    } finally {
      lock.unlock();
    }
  }

  /** Whether an object is there. */
  public boolean hasNext() {
    lock.lock();
    try {
      return !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody takes any more: what is there goes. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      ended = true;
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many objects there were so far. */
  public int made() {
    lock.lock();
    try {
      return made;
    } finally {
      lock.unlock();
    }
  }

  /** The next object is made; the loop. */
  void add(ObjectState item) {
    lock.lock();
    try {
      made++;
      if (!closed) {
        waiting.add(item);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** No more are made; the loop. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many were taken, which the worker is told now; the loop. */
  int tellTaken() {
    lock.lock();
    try {
      told = taken;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Whether so many more were taken that the worker should know; the loop. */
  boolean isNews(int ahead) {
    lock.lock();
    try {
      return ahead > 0 && taken - told >= Math.max(1, ahead / 2);
    } finally {
      lock.unlock();
    }
  }

  /** What was made before the failure stays valid: the failure is in the place after it. */
  void fail(ObjectState place, Outcome failure) {
    place.complete(failure);
    add(place);
    end();
  }
}
