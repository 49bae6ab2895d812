package org.rayshell.runtime;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of at most so many entries: when there are more, the oldest goes. Not thread-safe. */
public final class LatestMap<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;

  private final int most;

  private LatestMap(int most, boolean byUse) {
    super(16, 0.75f, byUse);
    this.most = most;
  }

  /** An empty one, of which that entry goes which was put in first. */
  public static <K, V> LatestMap<K, V> lastPut(int most) {
    return new LatestMap<>(most, false);
  }

  /** An empty one, of which that entry goes which has not been asked for the longest. */
  public static <K, V> LatestMap<K, V> lastUsed(int most) {
    return new LatestMap<>(most, true);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
