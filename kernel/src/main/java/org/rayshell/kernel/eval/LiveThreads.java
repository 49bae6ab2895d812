package org.rayshell.kernel.eval;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The threads of this JVM that live, with the virtual ones where the JDK lets us see its lists of
 * them ({@code --add-opens java.base/jdk.internal.vm}); without it the platform threads alone.
 * Thread-safe.
 */
final class LiveThreads {
  private static final String JDK_LISTS = "jdk.internal.vm.ThreadContainer";
  private static final LiveThreads ALL = new LiveThreads(JDK_LISTS);

  // Null where the lists are not open.
  private Object root;
  private Method threads;
  private Method children;

  /**
   * Lists of threads.
   *
   * @param lists the JDK's class of them; one that is not there gives platform threads only
   */
  LiveThreads(String lists) {
    try {
      Class<?> list = Class.forName(lists);
      threads = opened(list.getMethod("threads"));
      children = opened(list.getMethod("children"));
      root = opened(Class.forName(lists + "s").getMethod("root")).invoke(null);
    } catch (ReflectiveOperationException | RuntimeException e) {
      root = null;
    }
  }

  private static Method opened(Method method) {
    method.setAccessible(true);
    return method;
  }

  /** Those that run now. */
  static Set<Thread> all() {
    return ALL.running();
  }

  /** Those that run now. */
  Set<Thread> running() {
    Set<Thread> found = new HashSet<>(Thread.getAllStackTraces().keySet());
    if (root != null) {
      try {
        virtual(root, found);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("the JDK's lists of threads are open, and not read", e);
      }
    }
    return found;
  }

  /** Adds the threads of a list and of those below. */
  private void virtual(Object list, Set<Thread> found) throws ReflectiveOperationException {
    for (Object each : listed(threads.invoke(list))) {
      found.add((Thread) each);
    }
    for (Object each : listed(children.invoke(list))) {
      virtual(each, found);
    }
  }

  private static List<Object> listed(Object stream) {
    List<Object> found = new ArrayList<>();
    ((Stream<?>) stream).forEach(found::add);
    return found;
  }
}
