package org.rayshell.kernel.eval;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import jdk.jshell.JShell;

/**
 * The options that cells are compiled with. Thread-safe: waits for a cell that is being compiled.
 */
public final class SessionOptions {
  private static final String PREVIEW = "--enable-preview";
  private static final String SOURCE = "--source";

  /** What would be of no use, or break the session, and why. */
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("-d", "classes of cells are kept in memory"),
          Map.entry("-h", "classes of cells are kept in memory"),
          Map.entry("-s", "classes of cells are kept in memory"),
          Map.entry("-cp", "use %classpath or %maven"),
          Map.entry("-classpath", "use %classpath or %maven"),
          Map.entry("--class-path", "use %classpath or %maven"),
          Map.entry("-p", "cells are in no module: use %classpath or %maven"),
          Map.entry("--module-path", "cells are in no module: use %classpath or %maven"),
          Map.entry("--release", "cells run on this kernel's Java; --source limits the language"),
          Map.entry("-proc:full", "cells are compiled without annotation processors"),
          Map.entry("-proc:only", "cells are compiled without annotation processors"),
          Map.entry("-processor", "cells are compiled without annotation processors"));

  private final JShell.Builder builder;
  private final List<String> first;
  private final ReentrantLock compiling;
  private final Set<String> added = new LinkedHashSet<>();

  /**
   * Of the JShell that this builder makes, which has the same list as the builder and reads it for
   * each task.
   */
  SessionOptions(JShell.Builder builder, ReentrantLock compiling) {
    this.builder = builder;
    this.compiling = compiling;
    first = CompilerOptions.of(System.getenv()).words();
    builder.compilerOptions(first.toArray(String[]::new));
  }

  /** Those that were added, as they were written. */
  public List<String> added() {
    compiling.lock();
    try {
      return List.copyOf(added);
    } finally {
      compiling.unlock();
    }
  }

  /** Whether warnings are wanted. Under the compiling lock. */
  boolean warns() {
    for (String each : added) {
      if (each.startsWith("-Xlint") || each.equals("-Werror")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Adds options.
   *
   * @throws IllegalArgumentException if the compiler would not take them; then none is added
   */
  public void add(List<String> options) {
    compiling.lock();
    try {
      addLocked(options);
    } finally {
      compiling.unlock();
    }
  }

  /**
   * Takes back what was added. Preview features stay: classes that were compiled with them are
   * compiled against.
   *
   * @throws IllegalStateException if JShell cannot be reached into
   */
  void reset(JShellInternals internals) {
    if (internals == null) {
      throw new IllegalStateException(
          "JShell of this Java does not let options be taken back: restart the kernel");
    }
    compiling.lock();
    try {
      boolean preview = added.contains(PREVIEW);
      internals.keepOptions(first.size());
      added.clear();
      if (preview) {
        addLocked(List.of(PREVIEW));
      }
    } finally {
      compiling.unlock();
    }
  }

  private void addLocked(List<String> options) {
    for (String each : options) {
      String name = each.replaceFirst("[=].*", "");
      if (REFUSED.containsKey(name)) {
        throw new IllegalArgumentException(name + " is not for cells: " + REFUSED.get(name));
      }
    }
    List<String> given = new ArrayList<>(options);
    if (options.contains(PREVIEW) && !options.contains(SOURCE)) {
      if (!PreviewClasses.run()) {
        throw new IllegalArgumentException(
            PREVIEW
                + ": the kernel's JVM was started without that option, so that it could not run"
                + " such classes. Set JDK_JAVA_OPTIONS="
                + PREVIEW
                + " in Jupyter's environment and restart the kernel");
      }
      // The compiler wants to be told that it is its own language.
      given.addAll(List.of(SOURCE, String.valueOf(Runtime.version().feature())));
    }
    check(given);
    if (added.addAll(options)) {
      builder.compilerOptions(given.toArray(String[]::new));
    }
  }

  /** Tries them on next to nothing. */
  private void check(List<String> options) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> all = new ArrayList<>(first);
    all.addAll(added);
    all.addAll(options);
    all.add("-proc:none");
    List<JavaFileObject> source =
        List.of(
            new SimpleJavaFileObject(URI.create("string:///A.java"), JavaFileObject.Kind.SOURCE) {
              @Override
              public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return "class A {}";
              }
            });
    try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null)) {
      ((JavacTask) compiler.getTask(null, files, found, all, null, source)).analyze();
    } catch (IOException | IllegalStateException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    String errors =
        found.getDiagnostics().stream()
            .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
            .map(each -> each.getMessage(Locale.ENGLISH))
            .collect(Collectors.joining("; "));
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(errors);
    }
  }
}
