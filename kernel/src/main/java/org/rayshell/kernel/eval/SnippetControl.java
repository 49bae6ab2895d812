package org.rayshell.kernel.eval;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.SPIResolutionException;

/**
 * Loads what JShell compiles and runs it on the calling thread, outside the compiling lock. The
 * stock local control is not used: it cannot weave classes that name each other, it joins threads
 * that are not the cell's, and it makes text of values.
 */
final class SnippetControl implements ExecutionControl {
  private final SessionClasses classes;
  private final Variables variables;
  private final StopSignal stop;
  private final ReentrantLock compiling;
  private final Runnable changed;
  private InvokeListener listener = InvokeListener.NONE;
  private Runnable loaded = () -> {};
  private Object value;
  private Throwable thrown;
  private boolean addsClassPath = true;

  SnippetControl(
      SessionClasses classes,
      Variables variables,
      StopSignal stop,
      ReentrantLock compiling,
      Runnable changed) {
    this.classes = classes;
    this.variables = variables;
    this.stop = stop;
    this.compiling = compiling;
    this.changed = changed;
  }

  /** A snippet begins; from now on the listener is told, and the other before code runs. */
  void begin(InvokeListener told, Runnable beforeRun) {
    listener = told;
    loaded = beforeRun;
    value = null;
    thrown = null;
  }

  /** What the last invocation returned. */
  Object value() {
    return value;
  }

  /** What the last invocation threw; null if nothing. */
  Throwable thrown() {
    return thrown;
  }

  /** Lets go of value and exception. */
  void forget() {
    begin(InvokeListener.NONE, () -> {});
  }

  /** Whether what is added to the compiler's class path is added to the loader's too. */
  void addsClassPath(boolean adds) {
    addsClassPath = adds;
  }

  @Override
  public void load(ClassBytecodes[] compiled) throws ClassInstallException {
    boolean[] installed = new boolean[compiled.length];
    Map<String, byte[]> added = new LinkedHashMap<>();
    for (ClassBytecodes each : compiled) {
      added.put(each.name(), each.bytecodes());
    }
    try {
      classes.add(added);
      for (int i = 0; i < compiled.length; i++) {
        variables.loaded(Class.forName(compiled[i].name(), false, classes.loader()));
        installed[i] = true;
      }
    } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
      thrown = e;
      throw new ClassInstallException(e.toString(), installed);
    } finally {
      changed.run();
    }
  }

  @Override
  public void redefine(ClassBytecodes[] compiled) throws NotImplementedException {
    throw new NotImplementedException("classes are replaced by new ones");
  }

  @Override
  public String invoke(String className, String methodName) throws RunException {
    Method method;
    try {
      method = Class.forName(className, true, classes.loader()).getDeclaredMethod(methodName);
      method.setAccessible(true);
    } catch (ReflectiveOperationException | LinkageError e) {
      thrown = e;
      throw new UserException(e.toString(), e.getClass().getName(), e.getStackTrace());
    }
    loaded.run();
    if (!stop.enter()) {
      throw new StoppedException();
    }
    boolean stopped;
    compiling.unlock();
    try {
      run(method);
    } finally {
      stopped = stop.leave();
      compiling.lock();
    }
    if (stopped) {
      throw new StoppedException();
    }
    if (thrown instanceof SPIResolutionException unresolved) {
      throw new ResolutionException(unresolved.id(), unresolved.getStackTrace());
    }
    if (thrown != null) {
      throw new UserException("", thrown.getClass().getName(), new StackTraceElement[0]);
    }
    return "";
  }

  private void run(Method method) {
    Thread thread = Thread.currentThread();
    ClassLoader former = thread.getContextClassLoader();
    value = null;
    thrown = null;
    try {
      thread.setContextClassLoader(classes.loader());
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
  }

  @Override
  public String varValue(String className, String variable) {
    return "";
  }

  @Override
  public void addToClasspath(String path) throws InternalException {
    if (!addsClassPath) {
      return;
    }
    try {
      classes.addToClassPath(path);
    } catch (MalformedURLException e) {
      throw new InternalException(e.toString());
    }
  }

  @Override
  public void stop() {
    stop.stop();
  }

  @Override
  public Object extensionCommand(String command, Object argument) throws NotImplementedException {
    throw new NotImplementedException(command);
  }

  @Override
  public void close() {}
}
