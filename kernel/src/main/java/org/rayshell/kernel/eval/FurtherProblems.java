package org.rayshell.kernel.eval;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import org.rayshell.kernel.hint.SourceTree;

/**
 * The errors that a cell has below the first snippet which does not compile, so that all can be
 * mended at once. Nothing of these snippets runs or is defined. Told is only what would be an error
 * whatever the snippets above had defined. Guarded by the compiling lock.
 */
final class FurtherProblems {
  private static final int MOST = 20;
  private static final Pattern WORD = Pattern.compile("[\\p{javaJavaIdentifierPart}]+");

  private final JShell shell;
  private final Problems problems;

  FurtherProblems(JShell shell, Problems problems) {
    this.shell = shell;
    this.problems = problems;
  }

  /**
   * The errors below a snippet.
   *
   * @param pieces of the cell
   * @param failed which of them does not compile
   */
  List<EvalResult.Problem> below(List<Piece> pieces, int failed) {
    List<EvalResult.Problem> found = new ArrayList<>();
    List<Piece> rest = pieces.subList(failed, Math.min(pieces.size(), failed + MOST));
    List<Set<String>> names =
        rest.stream().map(each -> SourceTree.of(each.source()).names()).toList();
    Set<String> missing = new HashSet<>();
    names.forEach(missing::addAll);
    boolean imported = rest.getFirst().source().startsWith("import");
    for (int i = 1; i < rest.size(); i++) {
      Piece piece = rest.get(i);
      if (piece.source().startsWith("import")) {
        imported = true;
      } else if (!mentions(piece, missing, names.get(i))) {
        found.addAll(of(piece, imported));
      }
    }
    return found;
  }

  /** Whether the piece uses what another defines that is not there, or not yet as it is to be. */
  private static boolean mentions(Piece piece, Set<String> missing, Set<String> own) {
    for (Matcher word = WORD.matcher(piece.source()); word.find(); ) {
      if (missing.contains(word.group()) && !own.contains(word.group())) {
        return true;
      }
    }
    return false;
  }

  private List<EvalResult.Problem> of(Piece piece, boolean imported) {
    SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
    Rewritten given = Rewriter.rewrite(piece.source(), analysis);
    List<Diag> errors = new ArrayList<>();
    for (Snippet each : analysis.sourceToSnippets(given.source())) {
      shell
          .diagnostics(each)
          .filter(Diag::isError)
          .filter(error ->
              !error.getCode().startsWith(Redefinition.UNRESOLVED) || !mayWait(each) && !imported)
          .forEach(errors::add);
    }
    return problems.of(piece, given, errors);
  }

  /** Whether it can be defined while a name that it uses is missing. */
  private static boolean mayWait(Snippet snippet) {
    return snippet.kind() == Snippet.Kind.METHOD || snippet.kind() == Snippet.Kind.TYPE_DECL;
  }
}
