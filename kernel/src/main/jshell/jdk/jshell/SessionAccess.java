package jdk.jshell;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/**
 * What the kernel does to the inside of a JShell: lean wraps and files, compiling without the
 * detour of a snippet, and forgetting. Compiled against the JDK that the build runs on, and used
 * only if that of the kernel looks the same; everything works without, more slowly.
 *
 * <p>No lambdas where the first cell passes: each makes a class, as these are in no AOT cache.
 *
 * <p>Guarded by the evaluator's compiling lock.
 */
public final class SessionAccess {
  private static final TaskFactory.Worker<TaskFactory.CompileTask, Boolean> WHOLE =
      new TaskFactory.Worker<>() {
        @Override
        public Boolean withTask(TaskFactory.CompileTask task) {
          return task.compile();
        }
      };

  private final JShell shell;
  private final LeanWraps wraps;
  private final NavigableMap<String, MemoryFileManager.OutputMemoryJavaFileObject> compiled;
  private final Map<String, ?> tracked;

  /**
   * Changes that JShell.
   *
   * @param holder whether the package, or the type, may hold something of one of these simple names
   * @throws ReflectiveOperationException if it looks different
   */
  @SuppressWarnings("unchecked")
  public SessionAccess(JShell shell, BiPredicate<String, Set<String>> holder)
      throws ReflectiveOperationException {
    this.shell = shell;
    LeanFiles files = new LeanFiles(shell.taskFactory.fileManager(), shell);
    LeanTasks tasks = new LeanTasks(shell);
    field(TaskFactory.class, "fileManager").set(tasks, files);
    field(JShell.class, "taskFactory").set(shell, tasks);
    compiled = files.classes();
    tracked = (Map<String, ?>) field(ClassTracker.class, "map").get(shell.classTracker);
    wraps = new LeanWraps(shell, holder);
    field(JShell.class, "outerMap").set(shell, wraps);
  }

  static Field field(Class<?> owner, String name) throws ReflectiveOperationException {
    Field field = owner.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  /** Whether wraps have only the imports that they may need. */
  public void lean(boolean on) {
    wraps.lean(on);
  }

  /** Imports of every cell that no snippet stands for, while wraps are lean. */
  public void prelude(List<String> imports) {
    wraps.prelude(imports);
  }

  /** Whether JShell may index the class path, on a thread of its own. */
  public void indexing(boolean on) {
    SourceCodeAnalysisImpl analysis = (SourceCodeAnalysisImpl) shell.sourceCodeAnalysis();
    if (on) {
      analysis.resumeIndexing();
    } else {
      analysis.suspendIndexing();
    }
  }

  /** The snippet's tree; null if it does not parse or is more than one. */
  @SuppressWarnings("exports")
  public Tree parse(String source) {
    String code = cleared(source);
    return code.isEmpty()
        ? null
        : shell.taskFactory.parse(
            code,
            parsed ->
                parsed.units().size() != 1
                        || parsed.getDiagnostics().hasOtherThanNotStatementErrors()
                    ? null
                    : parsed.units().get(0));
  }

  private static String cleared(String source) {
    return Util.trimEnd(new MaskCommentsAndModifiers(source, false).cleared());
  }

  /**
   * Compiles a class of the session.
   *
   * @param name its simple name
   * @param before what goes before the source, after the head of the class
   * @param after what goes after it
   * @param place where the line number in the class is put at which the source begins, from 1
   * @return the class files by binary name; null if it does not compile
   */
  public Map<String, byte[]> compile(
      String name, String before, String source, String after, int[] place) {
    Set<String> words = new HashSet<>();
    if (!LeanWraps.addWords(source, words)) {
      return null;
    }
    String head = wraps.imports(words, null, null) + "\nclass " + name + " {\n" + before;
    place[0] = 1 + lines(head);
    QuickWrap wrap = new QuickWrap(name, head + cleared(source) + after + "}\n");
    boolean whole = shell.taskFactory.compile(List.of(wrap), WHOLE);
    Map<String, byte[]> classes = new LinkedHashMap<>();
    take(Util.REPL_PACKAGE + "." + name, classes);
    return whole ? classes : null;
  }

  /**
   * Shows the compiler a class of the session, however wrong it may be.
   *
   * @param imports what it imports beside what its words need of the session
   * @param source the class
   * @param question is asked while the compiler has it
   * @param place where is put at what position of the text the class begins
   */
  @SuppressWarnings("exports")
  public Object attribute(
      String name,
      String imports,
      String source,
      BiFunction<JavacTask, CompilationUnitTree, Object> question,
      int[] place) {
    Set<String> words = new HashSet<>();
    LeanWraps.addWords(imports, words);
    LeanWraps.addWords(source, words);
    String head = wraps.imports(words, null, null) + imports;
    place[0] = head.length();
    QuickWrap wrap = new QuickWrap(name, head + source);
    return shell.taskFactory.analyze(
        List.of(wrap),
        // So that it reads the names of parameters, too.
        List.of("-parameters"),
        new TaskFactory.Worker<TaskFactory.AnalyzeTask, Object>() {
          @Override
          public Object withTask(TaskFactory.AnalyzeTask analyzed) {
            return question.apply(analyzed.task, analyzed.firstCuTree());
          }
        });
  }

  private static int lines(String text) {
    int lines = 0;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      lines++;
    }
    return lines;
  }

  private void take(String name, Map<String, byte[]> into) {
    var own = compiled.remove(name);
    if (own != null) {
      into.put(name, own.getBytes());
    }
    var nested = compiled.subMap(name + "$", true, name + "%", false);
    for (var each : nested.entrySet()) {
      into.put(each.getKey(), each.getValue().getBytes());
    }
    nested.clear();
  }

  /** Compiles with the first so many of the compiler's options alone. */
  public void keepOptions(int first) {
    List<String> all = shell.extraCompilerOptions;
    all.subList(first, all.size()).clear();
  }

  /** Nothing will be compiled against this class any more. */
  public void forget(String className) {
    take(className, new LinkedHashMap<>());
    tracked.keySet().removeIf(each -> each.equals(className) || each.startsWith(className + "$"));
  }
}
