package org.rayshell.runtime;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rayshell.ObjectRef;
import org.rayshell.WaitResult;
import org.rayshell.runtime.owner.ObjectState;
import org.rayshell.runtime.owner.Owner;

/**
 * Which of the refs that {@code Ray.wait} is given are there. Remembers the list that it left over
 * last: who waits for a thousand one by one gives it that, and looks at few of them each time.
 * Thread-safe.
 */
final class ReadyRefs {
  private final Owner owner;
  private final Spin spin;

  /** What was left over last; all in it are of this session, and none is in it twice. */
  private volatile WeakReference<List<?>> left = new WeakReference<>(null);

  ReadyRefs(Owner owner, Spin spin) {
    this.owner = owner;
    this.spin = spin;
  }

  /** Whether the list is what was left over last. */
  boolean areLeft(List<?> refs) {
    return refs == left.get();
  }

  static boolean isThere(ObjectState state, boolean fetchLocal) {
    return fetchLocal ? state.isEnded() : state.isReady();
  }

  /**
   * So many of what was left over last, if there are so many, or will be in a moment.
   *
   * @param nanos the longest that may be waited for
   * @return null if there are not; there is no use in looking for another moment then
   */
  <T> WaitResult<T> ofLeft(
      List<ObjectRef<T>> refs, int numReturns, long nanos, boolean fetchLocal) {
    Search<T> search = new Search<>(refs, numReturns, fetchLocal);
    spin.forUpTo(nanos, search::isOver);
    return search.hasFound() ? search.result() : null;
  }

  /** So many of those that are there, the first ones; fewer if there are not so many. */
  <T> WaitResult<T> first(List<ObjectRef<T>> refs, int numReturns, boolean fetchLocal) {
    Search<T> search = new Search<>(refs, numReturns, fetchLocal);
    search.isOver();
    return search.result();
  }

  /** Looks for refs that are there, and again when something has become ready. For one thread. */
  private final class Search<T> {
    private final List<ObjectRef<T>> refs;
    private final int[] found;
    private final boolean fetchLocal;
    private int count;

    /** Whether one has to be fetched first. */
    private boolean elsewhere;

    private boolean looked;
    private int seen;

    Search(List<ObjectRef<T>> refs, int wanted, boolean fetchLocal) {
      this.refs = refs;
      this.found = new int[wanted];
      this.fetchLocal = fetchLocal;
    }

    boolean hasFound() {
      return count == found.length;
    }

    /** Whether enough are there, or it is of no use to look again. */
    boolean isOver() {
      int now = owner.changes();
      if (looked && now == seen || elsewhere) {
        return hasFound() || elsewhere;
      }
      looked = true;
      seen = now;
      count = 0;
      for (int i = 0; i < refs.size() && count < found.length; i++) {
        ObjectState state = (ObjectState) refs.get(i).handle();
        if (isThere(state, fetchLocal)) {
          found[count++] = i;
        } else {
          elsewhere |= fetchLocal && state.isReady();
        }
      }
      return hasFound() || elsewhere;
    }

    WaitResult<T> result() {
      List<ObjectRef<T>> ready = new ArrayList<>(count);
      Object[] unready = refs.toArray();
      int kept = 0;
      int next = 0;
      for (int i = 0; i < count; i++) {
        ready.add(refs.get(found[i]));
        System.arraycopy(unready, next, unready, kept, found[i] - next);
        kept += found[i] - next;
        next = found[i] + 1;
      }
      System.arraycopy(unready, next, unready, kept, unready.length - next);
      kept += unready.length - next;
      @SuppressWarnings("unchecked")
      List<ObjectRef<T>> others =
          (List<ObjectRef<T>>) (List<?>) List.of(Arrays.copyOf(unready, kept));
      WaitResult<T> result = new WaitResult<>(ready, others);
      left = new WeakReference<>(result.unready());
      return result;
    }
  }
}
