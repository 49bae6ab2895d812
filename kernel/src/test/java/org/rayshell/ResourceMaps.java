package org.rayshell;

import java.util.Map;

/** Makes what only the runtime makes. */
public final class ResourceMaps {
  private ResourceMaps() {}

  /** The amounts as {@link Ray#clusterResources} gives them, or as what is free. */
  public static ResourceMap of(Map<String, Double> amounts, boolean free) {
    return new ResourceMap(amounts, free);
  }
}
