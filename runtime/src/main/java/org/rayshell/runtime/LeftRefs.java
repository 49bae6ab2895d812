package org.rayshell.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.rayshell.ObjectRef;
import org.rayshell.WaitResult;
import org.rayshell.runtime.owner.ObjectState;

/**
 * The refs that a call of {@code Ray.wait} left over, given to the next: who waits for a thousand
 * one by one looks at few of them each time, and watches none. It looks again whenever any object
 * of this process has become ready. For one thread, but for {@link #run}.
 */
final class LeftRefs<T> implements Runnable {
  /** Of more it is cheaper to watch each than to look at all again and again. */
  private static final int FEW = 4;

  private final List<ObjectRef<T>> refs;
  private final int count;
  private final boolean fetchLocal;
  private final Thread thread = Thread.currentThread();
  private volatile boolean heard = true;
  private int found;
  private int end;
  private boolean elsewhere;

  /**
   * For the calling thread.
   *
   * @param count how many are waited for
   * @param fetchLocal whether they are to be in this process
   */
  LeftRefs(List<ObjectRef<T>> refs, int count, boolean fetchLocal) {
    this.refs = refs;
    this.count = count;
    this.fetchLocal = fetchLocal;
  }

  /** An object of this process has become ready. Any thread. */
  @Override
  public void run() {
    heard = true;
    if (Thread.currentThread() != thread) {
      LockSupport.unpark(thread);
    }
  }

  /** Whether it may be waited for them so. */
  boolean areFew() {
    return count <= FEW && !elsewhere;
  }

  /** Whether so many are there, or one is that has to be fetched first. */
  boolean isDone() {
    if (heard) {
      heard = false;
      look();
    }
    return elsewhere || found == count;
  }

  private void look() {
    found = 0;
    end = 0;
    while (end < refs.size() && found < count) {
      ObjectState state = (ObjectState) refs.get(end++).handle();
      if (isThere(state)) {
        found++;
      } else if (state.isReady()) {
        elsewhere = true;
        return;
      }
    }
  }

  private boolean isThere(ObjectState state) {
    return fetchLocal ? state.outcome() != null : state.isReady();
  }

  /** How many are missing, of those that are waited for. */
  int missing() {
    return count - found;
  }

  /** What there is; null if one has to be fetched. */
  WaitResult<T> result() {
    if (elsewhere) {
      return null;
    }
    List<ObjectRef<T>> ready = new ArrayList<>(found);
    List<ObjectRef<T>> unready = new ArrayList<>(refs.size() - found);
    for (int i = 0; i < end; i++) {
      ObjectRef<T> ref = refs.get(i);
      boolean takes = ready.size() < found && isThere((ObjectState) ref.handle());
      (takes ? ready : unready).add(ref);
    }
    unready.addAll(refs.subList(end, refs.size()));
    return new WaitResult<>(ready, unready);
  }
}
