package org.rayshell.runtime.owner;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rayshell.runtime.code.ShippedCall;

/** The functions of which an owner has had tasks lately. Belongs to the loop. */
final class RemoteFunctions {
  /** How many are remembered. */
  private static final int KEPT = 1000;

  private record Key(String export, String name) {}

  /** Most often the next task is of the same function. */
  private Key latestKey;

  private RemoteFunction latest;

  private final Map<Key, RemoteFunction> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, RemoteFunction> eldest) {
          return size() > KEPT;
        }
      };

  RemoteFunction of(ShippedCall call) {
    String export = call.export().hash();
    if (latestKey == null
        || !latestKey.name.equals(call.name())
        || !latestKey.export.equals(export)) {
      latestKey = new Key(export, call.name());
      latest = known.computeIfAbsent(latestKey, _ -> new RemoteFunction());
    }
    return latest;
  }
}
