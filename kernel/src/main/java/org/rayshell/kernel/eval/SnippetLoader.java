package org.rayshell.kernel.eval;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The loader of one snippet's classes, so that they can be collected when the snippet is gone. All
 * else its parent finds. Thread-safe.
 */
final class SnippetLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> woven;
  private final Map<String, byte[]> helpers;

  @SuppressWarnings("unused") // it is there to be held
  private volatile List<SnippetLoader> used = List.of();

  /**
   * A loader.
   *
   * @param parent finds the classes of all other snippets
   * @param woven the snippet's classes, by binary name
   * @param helpers further classes, of which each loader has its own
   */
  SnippetLoader(ClassLoader parent, Map<String, byte[]> woven, Map<String, byte[]> helpers) {
    super("cells", parent);
    this.woven = new ConcurrentHashMap<>(woven);
    this.helpers = helpers;
  }

  /** Keeps other snippets' loaders as long as itself. */
  void keep(List<SnippetLoader> others) {
    used = others;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      // Asked for once, since a loader defines a class once.
      byte[] own = woven.remove(name);
      byte[] bytes = own == null ? helpers.get(name) : own;
      if (bytes != null) {
        return defineClass(name, bytes, 0, bytes.length);
      }
    }
    return getParent().loadClass(name);
  }
}
