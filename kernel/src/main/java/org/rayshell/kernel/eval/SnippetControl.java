package org.rayshell.kernel.eval;

import java.net.MalformedURLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Loads what JShell compiles, and puts down what it would invoke: the cell runs that itself when
 * JShell is done with the snippet, so that user code never runs in the midst of JShell's work. The
 * stock local control is not used: it cannot weave classes that name each other, it joins threads
 * that are not the cell's, and it makes text of values. Guarded by the compiling lock.
 */
final class SnippetControl implements ExecutionControl {
  private final SessionClasses classes;
  private final Variables variables;
  private final Runnable changed;
  private final List<String> invoked = new ArrayList<>();
  private final AtomicLong definitions = new AtomicLong();
  private Throwable refusal;
  private boolean addsClassPath = true;

  SnippetControl(SessionClasses classes, Variables variables, Runnable changed) {
    this.classes = classes;
    this.variables = variables;
    this.changed = changed;
  }

  /** What JShell gets it from. */
  ExecutionControlProvider provider() {
    return new Provider(this);
  }

  private record Provider(SnippetControl control) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "rayshell";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return control;
    }
  }

  /** A snippet begins. */
  void begin() {
    invoked.clear();
    refusal = null;
  }

  /** A snippet has ended that may have changed what names mean. */
  void defined() {
    definitions.incrementAndGet();
  }

  /** How many such snippets there were. Thread-safe. */
  long definitions() {
    return definitions.get();
  }

  /** The classes, in order, whose {@link CellRun#METHOD} the snippet is to run. */
  List<String> invoked() {
    return List.copyOf(invoked);
  }

  /** Why a class of the snippet could not be loaded; null if all were. */
  Throwable refusal() {
    return refusal;
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
      classes.define(added);
      for (int i = 0; i < compiled.length; i++) {
        variables.loaded(classes.loader().loadClass(compiled[i].name()));
        installed[i] = true;
      }
    } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
      refusal = e;
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
  public String invoke(String className, String methodName) {
    invoked.add(className);
    return "";
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
    // Nothing runs here.
  }

  @Override
  public Object extensionCommand(String command, Object argument) throws NotImplementedException {
    throw new NotImplementedException(command);
  }

  @Override
  public void close() {}
}
