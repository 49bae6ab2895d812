package org.rayshell.runtime.owner;

import java.util.Map;
import org.rayshell.runtime.LatestMap;
import org.rayshell.runtime.code.ShippedFunction;

/** The functions of which an owner has had tasks lately. Belongs to the loop. */
final class RemoteFunctions {
  /** How many are remembered. */
  private static final int KEPT = 1000;

  private record Key(String export, String name) {}

  private final Map<Key, RemoteFunction> known = LatestMap.lastUsed(KEPT);

  RemoteFunction of(ShippedFunction function) {
    return known.computeIfAbsent(
        new Key(function.export().hash(), function.name()), _ -> new RemoteFunction());
  }
}
