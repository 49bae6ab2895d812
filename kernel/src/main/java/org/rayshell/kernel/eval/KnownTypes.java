package org.rayshell.kernel.eval;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which packages have a type of a simple name, as far as it was asked before. Thread-safe. */
final class KnownTypes {
  private final ClassLoader loader;
  private final Map<String, Boolean> known = new ConcurrentHashMap<>();

  /** The types that this loader finds. */
  KnownTypes(ClassLoader loader) {
    this.loader = loader;
  }

  /** Whether the package has a type of one of these names; of a type's own types it may. */
  boolean anyIn(String packageName, Set<String> names) {
    String folder = packageName.replace('.', '/');
    return known.computeIfAbsent(folder, this::find)
        || names.stream().anyMatch(each -> known.computeIfAbsent(folder + "/" + each, this::find));
  }

  private boolean find(String type) {
    return loader.getResource(type + ".class") != null;
  }

  /** There may be more types than before. */
  void forget() {
    known.clear();
  }
}
