package org.rayshell.kernel.display;

import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The renderers of libraries and of cells. Libraries are asked when the class path has grown since
 * the last value that was shown. Thread-safe: its own lock, under which those of libraries are made
 * and none renders.
 */
final class ValueRenderers {
  private static final String SERVICE = "META-INF/services/" + ValueRenderer.class.getName();

  private final List<ValueRenderer<?>> ofCells = new CopyOnWriteArrayList<>();
  private volatile List<ValueRenderer<?>> ofLibraries = List.of();
  private int entries;

  /** Takes the place of the one that a cell registered for the same type before. */
  synchronized void register(ValueRenderer<?> renderer) {
    ofCells.removeIf(each -> each.type() == renderer.type());
    ofCells.addFirst(renderer);
  }

  /** The most specific one for the value, a cell's before a library's; null if there is none. */
  ValueRenderer<?> find(Object value) {
    lookAtClassPath();
    ValueRenderer<?> best = null;
    for (List<ValueRenderer<?>> some : List.of(ofCells, ofLibraries)) {
      for (ValueRenderer<?> each : some) {
        if (each.type().isInstance(value)
            && (best == null
                || each.type() != best.type() && best.type().isAssignableFrom(each.type()))) {
          best = each;
        }
      }
    }
    return best;
  }

  private void lookAtClassPath() {
    if (Thread.currentThread().getContextClassLoader() instanceof URLClassLoader loader) {
      int now = loader.getURLs().length;
      synchronized (this) {
        if (now != entries) {
          entries = now;
          if (loader.findResource(SERVICE) != null) {
            ofLibraries = services(loader);
          }
        }
      }
    }
  }

  /** All that can be loaded; of the others it is said what is wrong. */
  private static List<ValueRenderer<?>> services(ClassLoader loader) {
    List<ValueRenderer<?>> found = new ArrayList<>();
    @SuppressWarnings("rawtypes")
    Iterator<ValueRenderer> all = ServiceLoader.load(ValueRenderer.class, loader).iterator();
    while (true) {
      try {
        if (!all.hasNext()) {
          return List.copyOf(found);
        }
        found.add(all.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        System.err.println("a renderer of the class path cannot be loaded: " + e.getMessage());
      }
    }
  }
}
