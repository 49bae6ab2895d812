package org.rayshell.runtime.owner;

import java.util.function.Predicate;

/**
 * Who is to be told of an object, in the order in which they came. Most objects have none or one.
 * Belongs to the lock of its {@link ObjectState}.
 */
final class Watchers {
  /** What a watcher waits for. */
  enum Until {
    /** It is known to be ready. */
    READY,
    /** The outcome is here, or it is known who has the value. */
    PLACED,
    /** The outcome is here. */
    HERE
  }

  private final ObjectState.Watcher watcher;
  private final Until until;
  private Watchers next;

  private Watchers(ObjectState.Watcher watcher, Until until) {
    this.watcher = watcher;
    this.until = until;
  }

  /** Those with one more; null is none. */
  static Watchers with(Watchers these, ObjectState.Watcher watcher, Until until) {
    Watchers added = new Watchers(watcher, until);
    if (these == null) {
      return added;
    }
    Watchers last = these;
    while (last.next != null) {
      last = last.next;
    }
    last.next = added;
    return these;
  }

  /** Those without a watcher. */
  static Watchers without(Watchers these, ObjectState.Watcher watcher) {
    return only(these, each -> each.watcher != watcher);
  }

  /** Copies of those that wait for such. */
  static Watchers of(Watchers these, Predicate<Until> wanted) {
    return only(these, each -> wanted.test(each.until));
  }

  private static Watchers only(Watchers these, Predicate<Watchers> wanted) {
    Watchers kept = null;
    for (Watchers each = these; each != null; each = each.next) {
      if (wanted.test(each)) {
        kept = with(kept, each.watcher, each.until);
      }
    }
    return kept;
  }

  /** Tells them all; without the lock. */
  static void tell(Watchers these, ObjectState state) {
    for (Watchers each = these; each != null; each = each.next) {
      each.watcher.ready(state);
    }
  }
}
