package org.rayshell.kernel.eval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;

/**
 * Evaluates the Java of cells: JShell in this process. A cell is any number of snippets, run in
 * order. Its value is that of the last one, if that is an expression that is no assignment, not
 * void and not ended by a semicolon; null is a value too.
 *
 * <p>Nothing runs if a snippet does not parse. Definitions may use names that are defined later.
 *
 * <p>Thread-safe: several cells may be evaluated at once. Compiling, completing and inspecting
 * exclude each other by one lock, which is not held while user code runs.
 */
public final class Evaluator implements AutoCloseable {
  /** What every cell sees without importing it. */
  public static final List<String> DEFAULT_IMPORTS =
      List.of(
          "java.io.*",
          "java.math.*",
          "java.net.*",
          "java.nio.file.*",
          "java.util.*",
          "java.util.concurrent.*",
          "java.util.function.*",
          "java.util.prefs.*",
          "java.util.regex.*",
          "java.util.stream.*",
          "java.time.*",
          "org.rayshell.*",
          "org.slf4j.event.*");

  private final ReentrantLock compiling = new ReentrantLock();
  private final CellSources sources = new CellSources();
  private final CellTrace trace = new CellTrace(sources);
  private final Variables variables = new Variables();
  private final SessionClasses classes;
  private final SnippetControl control;
  private final JShell shell;
  private final RemoteFunctions functions;
  private final CellRunner runner;
  private final KnownTypes types;
  private final JShellInternals internals;
  private final SessionParts parts;
  private final Definitions definitions;
  private final Drafts drafts;
  // Guarded by compiling: what JShell has not been told of yet.
  private final List<String> imports = new ArrayList<>();
  private boolean allNamesKnown;

  /**
   * An evaluator with an empty session.
   *
   * @param preparation what is done to classes that are to be shipped
   * @param parent loader of the classes that cells see
   */
  public Evaluator(ClassPreparation preparation, ClassLoader parent) {
    this(preparation, parent, UnaryOperator.identity(), () -> false);
  }

  /**
   * An evaluator with an empty session.
   *
   * @param carry gives work, which is run on another thread, what the calling thread stands for:
   *     user code does not run on the thread that asks for it
   * @param interrupted whether what the calling thread is about to ask for is to end already:
   *     {@link #stop} may have come a moment before it
   */
  public Evaluator(
      ClassPreparation preparation,
      ClassLoader parent,
      UnaryOperator<Runnable> carry,
      BooleanSupplier interrupted) {
    classes = new SessionClasses(preparation, parent);
    runner = new CellRunner(classes.loader(), trace, carry, interrupted);
    AtomicReference<RemoteFunctions> toldOfChanges = new AtomicReference<>();
    control =
        new SnippetControl(
            classes,
            variables,
            () -> {
              if (toldOfChanges.get() != null) {
                toldOfChanges.get().changed();
              }
            });
    JShell.Builder builder = JShell.builder().executionEngine(control.provider(), Map.of());
    SessionOptions options = new SessionOptions(builder, compiling);
    shell = builder.build();
    functions = new RemoteFunctions(shell, classes);
    toldOfChanges.set(functions);
    types = new KnownTypes(classes.loader(), packages(DEFAULT_IMPORTS));
    internals = JShellInternals.open(shell, types::anyIn);
    parts =
        new SessionParts(
            shell,
            classes,
            control,
            variables,
            functions,
            sources,
            trace,
            internals == null ? null : new QuickSnippets(internals, classes, sources),
            runner,
            compiling,
            imports,
            options,
            new Results(shell, variables),
            new FinalVariables(),
            new OfferedImports(types));
    definitions = new Definitions(parts);
    drafts = new Drafts(parts, internals, definitions);
    if (internals != null) {
      internals.indexing(false);
    }
    addImports(DEFAULT_IMPORTS);
  }

  private static List<String> packages(List<String> imports) {
    return imports.stream().map(each -> each.substring(0, each.lastIndexOf('.'))).toList();
  }

  /**
   * Makes later cells see what they do not import.
   *
   * @param added such as {@code static java.util.Map.*}
   */
  public void addImports(List<String> added) {
    compiling.lock();
    try {
      imports.addAll(added);
      if (internals == null || allNamesKnown) {
        evaluateImports();
      } else {
        internals.prelude(List.copyOf(imports));
      }
    } finally {
      compiling.unlock();
    }
  }

  /** Makes later cells see what an import by {@code *} has: these names, which it is not asked. */
  public void addImport(String imported, Set<String> names) {
    int start = imported.startsWith("static ") ? "static ".length() : 0;
    types.tell(imported.substring(start, imported.length() - ".*".length()), names);
    addImports(List.of(imported));
  }

  private void evaluateImports() {
    imports.forEach(each -> shell.eval("import " + each + ";"));
    imports.clear();
  }

  /** Runs next to nothing, so that the first cell finds all at hand. */
  public void warmUp() {
    eval("1 + 1", 0, InvokeListener.NONE);
  }

  /** A cell begins, whose code is run part by part; its text is what its traces quote. */
  public void begin(int cellNumber, String text) {
    sources.begin(cellNumber, text);
  }

  /**
   * Runs a cell, or a part of one, and waits for its end.
   *
   * @param cellNumber what its frames are named by, {@code In [6]}
   * @param listener told around each invocation of user code
   */
  public EvalResult eval(String code, int cellNumber, InvokeListener listener) {
    EvalResult result =
        attend(
            cellNumber, stop -> runner.runCell(stop, () -> eval(code, cellNumber, listener, stop)));
    return result == null ? new EvalResult.Interrupted() : result;
  }

  /**
   * Runs what calls user code without being a cell's, such as {@code toString} of its value: it is
   * ended as a cell is.
   *
   * @return what the work returns; null if it was ended
   */
  public <R> R call(int cellNumber, Supplier<R> work) {
    return attend(cellNumber, stop -> runner.run(stop, work::get));
  }

  private <R> R attend(int cellNumber, Function<StopSignal, CellRunner.Outcome<R>> work) {
    StopSignal stop = runner.begin(cellNumber);
    CellRunner.Outcome<R> outcome;
    try {
      outcome = work.apply(stop);
    } finally {
      runner.end(stop);
    }
    if (outcome.thrown() == null || outcome.stopped()) {
      return outcome.value();
    }
    switch (outcome.thrown()) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(outcome.thrown());
    }
  }

  private EvalResult eval(String code, int cellNumber, InvokeListener listener, StopSignal stop) {
    compiling.lock();
    try {
      if (stop.requested()) {
        return new EvalResult.Interrupted();
      }
      sources.cell(cellNumber, code);
      return new CellRun(parts, stop).run(code, cellNumber, listener);
    } finally {
      compiling.unlock();
    }
  }

  /**
   * Ends all cells that run, from any thread and at any moment, also while it compiles; returns at
   * once. Nothing happens if none runs.
   */
  public void stop() {
    runner.stop();
  }

  /** Adds jars and folders to the class path of later cells. */
  public void addToClassPath(Path... entries) {
    compiling.lock();
    try {
      for (Path each : entries) {
        shell.addToClasspath(each.toAbsolutePath().toString());
      }
      types.forget();
    } finally {
      compiling.unlock();
    }
  }

  /** The options that cells are compiled with. */
  public SessionOptions options() {
    return parts.options();
  }

  /**
   * Takes back the options that were added, but for preview features, which stay.
   *
   * @throws IllegalStateException if this Java's JShell does not let them be
   */
  public void resetOptions() {
    parts.options().reset(internals);
  }

  /** The types that completion may offer, to be imported by the cells that use them. */
  public OfferedImports offeredImports() {
    return parts.offered();
  }

  /** What cells have shown. */
  public Results results() {
    return parts.results();
  }

  /** Jars and folders added so far. */
  public List<Path> addedClassPath() {
    return classes.addedClassPath();
  }

  /** The loader of the session's classes and of what was added to the class path. */
  public ClassLoader loader() {
    return classes.loader();
  }

  /** A line of a cell, both from 1; empty if there is none. */
  public String sourceLine(int cell, int line) {
    return sources.line(cell, line);
  }

  /** Translates stack traces, of this process and of tasks alike. */
  public CellTrace trace() {
    return trace;
  }

  /** The bytes of a session class as they are shipped, by internal name; null for other classes. */
  public byte[] classBytes(String internalName) {
    return classes.bytes(internalName);
  }

  /** Whether the class, by its internal name, only wraps snippets. */
  public boolean isWrapper(String internalName) {
    return SessionClasses.isWrapper(internalName);
  }

  /** Where a session class was defined, such as {@code cell In [7]}. */
  public String describe(String internalName) {
    CellSources.Place place = sources.place(internalName.replace('/', '.'), 0);
    return place == null ? "a cell" : "cell In [" + place.cell() + "]";
  }

  /** The remote functions of that name as they are loaded now, one an overload. */
  public List<RemoteFunction> remoteFunctions(String name) {
    List<RemoteFunction> known = functions.known(name);
    if (known != null) {
      return known;
    }
    compiling.lock();
    try {
      return functions.loaded(name);
    } finally {
      compiling.unlock();
    }
  }

  /** What the session has defined. */
  public Definitions definitions() {
    return definitions;
  }

  /** How often the session's names or class path have changed, at least. */
  public long definitionsMade() {
    return control.definitions() + classes.addedClassPath().size();
  }

  /** Looks at cells that are being typed. */
  public Drafts drafts() {
    return drafts;
  }

  /** Asks JShell's analysis something, while nothing compiles. */
  public <R> R analyse(Function<SourceCodeAnalysis, R> question) {
    compiling.lock();
    try {
      everyName(true);
      return question.apply(shell.sourceCodeAnalysis());
    } finally {
      everyName(false);
      compiling.unlock();
    }
  }

  private void everyName(boolean known) {
    if (internals == null) {
      return;
    }
    if (!allNamesKnown) {
      // What a session needs from its first completion on, and not to run cells.
      allNamesKnown = true;
      internals.prelude(List.of());
      evaluateImports();
      internals.indexing(true);
    }
    internals.everyName(known);
  }

  /** Ends the session; a cell that runs is stopped. */
  @Override
  public void close() {
    runner.stop();
    runner.close();
    compiling.lock();
    try {
      if (internals != null && !allNamesKnown) {
        // All sessions of a JVM are indexed by one thread, which must not wait for this one.
        internals.indexing(true);
      }
      shell.close();
    } finally {
      compiling.unlock();
    }
  }
}
