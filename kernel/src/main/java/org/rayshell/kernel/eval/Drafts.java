package org.rayshell.kernel.eval;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import jdk.jshell.SourceCodeAnalysis.Completeness;

/**
 * Looks at cells that are being typed: nothing runs and nothing is defined. Thread-safe: asks under
 * the compiling lock, so it waits for a cell that is being compiled, and not for one that runs.
 */
public final class Drafts {
  /** The class around a draft. */
  public static final String CLASS = "$Draft$";

  /** The method around a draft that is no member. */
  public static final String METHOD = "$draft$";

  private final SessionParts session;
  private final JShellInternals internals;
  private final PlainCompiler plain;

  /**
   * @param internals null if JShell cannot be reached into
   */
  Drafts(SessionParts session, JShellInternals internals, Definitions definitions) {
    this.session = session;
    this.internals = internals;
    this.plain = new PlainCompiler(session.classes(), definitions);
  }

  /** What is being typed at the end of the code. */
  public Typed typed(String code) {
    return locked(
        () -> Typed.at(code, CellSplitter.split(code, session.shell().sourceCodeAnalysis())));
  }

  /** Whether a cell is whole. */
  public Completeness completeness(String code) {
    return locked(() -> {
      List<Piece> pieces = CellSplitter.split(code, session.shell().sourceCodeAnalysis());
      if (pieces.stream().anyMatch(each -> each.misplaced() > 0)) {
        return Completeness.UNKNOWN;
      }
      String last = pieces.isEmpty() ? code : code.substring(pieces.getLast().start());
      return session.shell().sourceCodeAnalysis().analyzeCompletion(last).completeness();
    });
  }

  /**
   * Shows the compiler what is being typed, and asks what it makes of it. Positions are those of
   * the snippet.
   *
   * @param snippet in place of that of the draft: more than stands before the cursor
   */
  @SuppressWarnings("unchecked")
  public <R> R ask(Typed typed, String snippet, Function<Attributed, R> question) {
    String head = "class " + CLASS + " {\n" + typed.members();
    String source;
    int at;
    if (SnippetParser.isMember(snippet)) {
      at = head.length();
      source = head + snippet + "\n}";
    } else {
      head += "Object " + METHOD + "() throws Throwable {\n" + typed.before() + "\n";
      at = head.length();
      source = head + snippet + "\n}}";
    }
    int[] place = new int[1];
    BiFunction<JavacTask, CompilationUnitTree, Object> asked =
        (task, unit) -> question.apply(new Attributed(task, unit, place[0] + at));
    return locked(() ->
        (R)
            (internals == null
                ? plain.attribute(CLASS, typed.imports(), source, asked, place)
                : internals.attribute(CLASS, typed.imports(), source, asked, place)));
  }

  private <R> R locked(Supplier<R> question) {
    ReentrantLock compiling = session.compiling();
    compiling.lock();
    try {
      return question.get();
    } finally {
      compiling.unlock();
    }
  }
}
