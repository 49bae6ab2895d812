package org.rayshell.cluster.link;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of the latest so many entries: the oldest goes when there are more. Not thread-safe. */
public final class LatestMap<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;

  private final int most;

  /** An empty one. */
  public LatestMap(int most) {
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
