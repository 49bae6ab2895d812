package org.rayshell.runtime.store.arena;

import java.lang.ref.WeakReference;

/**
 * What keeps an extent for as long as an object is reachable. Guarded by the {@link BlockTable}.
 */
class Hold {
  /** A block, or the scope of a view. */
  final WeakReference<Object> holder;

  Extent extent;

  Hold(Object holder, Extent extent) {
    this.holder = new WeakReference<>(holder);
    this.extent = extent;
  }
}
