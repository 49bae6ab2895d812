package org.rayshell.kernel.bridge;

import java.lang.classfile.ClassHierarchyResolver;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.rayshell.RayException;
import org.rayshell.Remote;
import org.rayshell.TaskOptions;
import org.rayshell.kernel.eval.ClassPreparation;
import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.kernel.eval.RemoteFunction;
import org.rayshell.kernel.session.CurrentCell;
import org.rayshell.runtime.code.CodeSource;
import org.rayshell.runtime.code.LambdaSerialization;
import org.rayshell.runtime.code.RemoteDefaults;
import org.rayshell.runtime.code.SessionLookup;

/** The code of an evaluator's cells, as the runtime ships it. Thread-safe. */
public final class SnippetCode implements CodeSource {
  private static final ClassPreparation SHIPPABLE =
      new ClassPreparation() {
        @Override
        public byte[] prepare(byte[] classBytes, ClassHierarchyResolver hierarchy) {
          return LambdaSerialization.makeSerializable(classBytes, hierarchy);
        }

        @Override
        public Map<String, byte[]> helpers(String packageName) {
          return Map.of(
              packageName + "." + SessionLookup.SIMPLE_NAME, SessionLookup.bytes(packageName));
        }
      };

  private final Evaluator evaluator;
  private final Map<RemoteFunction, Function> functions = new ConcurrentHashMap<>();

  /** The code of an evaluator that {@link #evaluator} made. */
  public SnippetCode(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** An evaluator whose classes can be shipped; cells see the classes of the kernel's loader. */
  public static Evaluator evaluator() {
    return new Evaluator(
        SHIPPABLE,
        SnippetCode.class.getClassLoader(),
        CurrentCell::carried,
        CurrentCell::isInterrupted);
  }

  @Override
  public boolean isSessionClass(String internalName) {
    return evaluator.classBytes(internalName) != null;
  }

  @Override
  public boolean isWrapper(String internalName) {
    return evaluator.isWrapper(internalName);
  }

  @Override
  public byte[] classBytes(String internalName) {
    return evaluator.classBytes(internalName);
  }

  @Override
  public ClassLoader loader() {
    return evaluator.loader();
  }

  @Override
  public List<Path> addedClassPath() {
    return evaluator.addedClassPath();
  }

  @Override
  public List<Function> functions(String name) {
    List<Function> overloads = new ArrayList<>();
    for (RemoteFunction each : evaluator.remoteFunctions(name)) {
      overloads.add(function(each));
    }
    return overloads;
  }

  private Function function(RemoteFunction loaded) {
    if (!loaded.missing().isEmpty()) {
      throw new RayException(
          "cannot ship `"
              + loaded.method()
              + "` ("
              + describe(loaded.owner().replace('.', '/'))
              + "): it uses what is not defined yet: "
              + String.join(", ", loaded.missing())
              + "; define it first");
    }
    return functions.computeIfAbsent(loaded, this::read);
  }

  private Function read(RemoteFunction loaded) {
    return new Function(
        loaded.owner().replace('.', '/'),
        loaded.method(),
        loaded.descriptor(),
        loaded.key(),
        defaults(loaded));
  }

  private TaskOptions defaults(RemoteFunction loaded) {
    try {
      for (Method each : loader().loadClass(loaded.owner()).getDeclaredMethods()) {
        if (each.getName().equals(loaded.method())
            && java.lang.invoke.MethodType.methodType(
                    each.getReturnType(), each.getParameterTypes())
                .toMethodDescriptorString()
                .equals(loaded.descriptor())) {
          Remote annotation = each.getAnnotation(Remote.class);
          return annotation == null ? TaskOptions.defaults() : RemoteDefaults.of(annotation);
        }
      }
    } catch (ClassNotFoundException | IllegalArgumentException e) {
      throw new RayException(
          "the annotation of `" + loaded.method() + "` is not right: " + e.getMessage(), e);
    }
    return TaskOptions.defaults();
  }

  @Override
  public String describe(String internalName) {
    return evaluator.describe(internalName);
  }
}
