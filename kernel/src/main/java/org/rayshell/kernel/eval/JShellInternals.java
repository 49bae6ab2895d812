package org.rayshell.kernel.eval;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import org.slf4j.LoggerFactory;

/**
 * What the kernel does to the inside of a JShell, to compile faster and to forget what is gone. It
 * is there only if JShell looks as it does in the JDK of the build, member by member, and if the
 * property {@value #PROPERTY} is not {@code false}; the session is the same without, and slower,
 * but that no options can be taken back. Guarded by the compiling lock.
 */
final class JShellInternals {
  static final String PROPERTY = "rayshell.internals";

  private static final String PACKAGE = "jdk/jshell/";

  /** Of JShell's package, so defined there; in the order in which they need each other. */
  private static final List<String> CLASSES =
      List.of(
          "LeanWrap",
          "LeanWraps$1",
          "LeanWraps",
          "LeanFiles",
          "LeanSymbols",
          "LeanSymbols$1",
          "LeanPool$1",
          "LeanPool",
          "LeanTasks",
          "QuickWrap",
          "SessionAccess$1",
          "SessionAccess$2",
          "SessionAccess");

  private record Handles(
      MethodHandle open,
      MethodHandle lean,
      MethodHandle prelude,
      MethodHandle indexing,
      MethodHandle parse,
      MethodHandle attribute,
      MethodHandle compile,
      MethodHandle keepOptions,
      MethodHandle forget) {
    private static final Handles FOUND = find();

    private static Handles find() {
      try {
        MethodHandles.Lookup lookup =
            MethodHandles.privateLookupIn(JShell.class, MethodHandles.lookup());
        Class<?> access = null;
        Set<String> own =
            CLASSES.stream().map(each -> PACKAGE + each).collect(Collectors.toUnmodifiableSet());
        for (String each : CLASSES) {
          byte[] bytes = bytes(each);
          Linkage.check(bytes, lookup, own);
          access = lookup.defineClass(bytes);
        }
        return new Handles(
            lookup
                .findConstructor(
                    access, MethodType.methodType(void.class, JShell.class, BiPredicate.class))
                .asType(MethodType.methodType(Object.class, JShell.class, BiPredicate.class)),
            method(lookup, access, "lean", void.class, boolean.class),
            method(lookup, access, "prelude", void.class, List.class),
            method(lookup, access, "indexing", void.class, boolean.class),
            method(lookup, access, "parse", Tree.class, String.class),
            method(
                lookup,
                access,
                "attribute",
                Object.class,
                String.class,
                String.class,
                String.class,
                BiFunction.class,
                int[].class),
            method(
                lookup,
                access,
                "compile",
                Map.class,
                String.class,
                String.class,
                String.class,
                String.class,
                int[].class),
            method(lookup, access, "keepOptions", void.class, int.class),
            method(lookup, access, "forget", void.class, String.class));
      } catch (ReflectiveOperationException | IOException | LinkageError e) {
        missing(e);
        return null;
      }
    }

    private static MethodHandle method(
        MethodHandles.Lookup lookup,
        Class<?> access,
        String name,
        Class<?> result,
        Class<?>... parameters)
        throws ReflectiveOperationException {
      MethodHandle found =
          lookup.findVirtual(access, name, MethodType.methodType(result, parameters));
      return found.asType(found.type().changeParameterType(0, Object.class));
    }

    private static byte[] bytes(String name) throws IOException {
      String file = "internals/" + PACKAGE + name + ".class";
      try (InputStream in = JShellInternals.class.getResourceAsStream(file)) {
        if (in == null) {
          throw new IOException(file + " is missing");
        }
        return in.readAllBytes();
      }
    }
  }

  private final Object access;

  private JShellInternals(Object access) {
    this.access = access;
  }

  /**
   * Changes a JShell; null if it cannot be.
   *
   * @param holder whether the package, or the type, may hold something of one of these simple names
   */
  static JShellInternals open(JShell shell, BiPredicate<String, Set<String>> holder) {
    if (System.getProperty(PROPERTY, "true").equals("false") || Handles.FOUND == null) {
      return null;
    }
    try {
      return new JShellInternals((Object) Handles.FOUND.open.invokeExact(shell, holder));
    } catch (Throwable e) {
      missing(e);
      return null;
    }
  }

  private static void missing(Throwable e) {
    LoggerFactory.getLogger(JShellInternals.class)
        .warn(
            "cells compile more slowly than they could: JShell looks different: {}", e.toString());
  }

  /** Whether names that nobody has written yet are known: for completing them. */
  void everyName(boolean known) {
    call(() -> {
      Handles.FOUND.lean.invokeExact(access, !known);
    });
  }

  /**
   * Imports of every cell that no snippet stands for, as long as not every name is known.
   *
   * @param imports such as {@code static java.util.Map.*}
   */
  void prelude(List<String> imports) {
    call(() -> {
      Handles.FOUND.prelude.invokeExact(access, imports);
    });
  }

  /** Whether JShell may index the class path, on a thread of its own; it may at first. */
  void indexing(boolean may) {
    call(() -> {
      Handles.FOUND.indexing.invokeExact(access, may);
    });
  }

  /** The snippet's tree; null if it does not parse or is more than one. */
  Tree parse(String source) {
    Object[] tree = new Object[1];
    call(() -> tree[0] = (Tree) Handles.FOUND.parse.invokeExact(access, source));
    return (Tree) tree[0];
  }

  /**
   * Shows the compiler a class of the session, however wrong it may be.
   *
   * @param imports what it imports beside what its words need of the session
   * @param question is asked while the compiler has it
   * @param place where is put at what position of the text the class begins
   */
  Object attribute(
      String name,
      String imports,
      String source,
      BiFunction<JavacTask, CompilationUnitTree, Object> question,
      int[] place) {
    Object[] answer = new Object[1];
    call(() ->
        answer[0] =
            (Object)
                Handles.FOUND.attribute.invokeExact(
                    access, name, imports, source, question, place));
    return answer[0];
  }

  /**
   * A class as it was compiled.
   *
   * @param classes the class files by binary name
   * @param firstLine where the source begins in it, from 1
   */
  record Compiled(Map<String, byte[]> classes, int firstLine) {}

  /** Compiles a class of the session around the source; null if it does not compile. */
  @SuppressWarnings("unchecked")
  Compiled compile(String name, String before, String source, String after) {
    Object[] classes = new Object[1];
    int[] place = new int[1];
    call(() ->
        classes[0] =
            (Map<String, byte[]>)
                Handles.FOUND.compile.invokeExact(access, name, before, source, after, place));
    return classes[0] == null ? null : new Compiled((Map<String, byte[]>) classes[0], place[0]);
  }

  /** Compiles with the first so many of the compiler's options alone. */
  void keepOptions(int first) {
    call(() -> {
      Handles.FOUND.keepOptions.invokeExact(access, first);
    });
  }

  /** Nothing will be compiled against the class any more. */
  void forget(String className) {
    call(() -> {
      Handles.FOUND.forget.invokeExact(access, className);
    });
  }

  private interface Call {
    void run() throws Throwable;
  }

  private static void call(Call call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
