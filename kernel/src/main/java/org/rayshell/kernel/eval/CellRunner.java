package org.rayshell.kernel.eval;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** Runs the code of cells, compiled, on the calling thread. */
final class CellRunner {
  /**
   * How code ended.
   *
   * @param value what it returned
   * @param thrown what it threw, as it was; null if nothing
   * @param stopped whether it was interrupted, however it ended
   */
  record Outcome(Object value, Throwable thrown, boolean stopped) {}

  private final ClassLoader loader;
  private final StopSignal stop;

  /** The loader becomes the context loader of what runs. */
  CellRunner(ClassLoader loader, StopSignal stop) {
    this.loader = loader;
    this.stop = stop;
  }

  /** Runs a static method without parameters. */
  Outcome run(Method method, InvokeListener listener) {
    if (!stop.enter()) {
      return new Outcome(null, null, true);
    }
    Object value = null;
    Throwable thrown = null;
    Thread thread = Thread.currentThread();
    ClassLoader former = thread.getContextClassLoader();
    try {
      thread.setContextClassLoader(loader);
      listener.before();
      try {
        value = method.invoke(null);
      } finally {
        listener.after();
      }
    } catch (InvocationTargetException e) {
      thrown = e.getCause();
    } catch (Throwable e) {
      thrown = e;
    } finally {
      thread.setContextClassLoader(former);
    }
    return new Outcome(value, thrown, stop.leave());
  }
}
