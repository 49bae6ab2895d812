package org.rayshell.kernel.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jdk.jshell.Diag;
import org.rayshell.kernel.hint.Hints;
import org.rayshell.kernel.hint.Mistake;

/** Diagnostics in terms of the cell. */
final class Problems {
  private final String code;
  private final Hints hints;

  /**
   * Of that cell.
   *
   * @param hints asked for what to do about them
   */
  Problems(String code, Hints hints) {
    this.code = code;
    this.hints = hints;
  }

  /**
   * The errors among the diagnostics of a snippet.
   *
   * @param piece the snippet in its cell
   * @param given what the compiler was given in its place
   */
  List<EvalResult.Problem> of(Piece piece, Rewritten given, Iterable<Diag> diagnostics) {
    return of(piece, given, diagnostics, true);
  }

  /** The warnings among them. */
  List<EvalResult.Problem> warnings(Piece piece, Rewritten given, Iterable<Diag> diagnostics) {
    return of(piece, given, diagnostics, false);
  }

  private List<EvalResult.Problem> of(
      Piece piece, Rewritten given, Iterable<Diag> diagnostics, boolean errors) {
    List<EvalResult.Problem> problems = new ArrayList<>();
    for (Diag each : diagnostics) {
      if (each.isError() == errors && (errors || !CompilerWords.isOfPreview(each.getCode()))) {
        problems.add(of(piece, given, each));
      }
    }
    return problems;
  }

  private EvalResult.Problem of(Piece piece, Rewritten given, Diag error) {
    int from = given.original((int) error.getStartPosition());
    int to = given.original((int) error.getEndPosition());
    String message = error.getMessage(Locale.ENGLISH);
    String hint =
        hints.of(
            new Mistake(error.getCode(), message, piece.source(), from, to), line(piece.start()));
    return at(piece.start() + from, piece.start() + to, CompilerWords.readable(message), hint);
  }

  private int line(int position) {
    return 1 + (int) code.substring(0, position).chars().filter(c -> c == '\n').count();
  }

  /** What the compiler finds nothing wrong in, but that it has no end. */
  EvalResult.Problem unfinished(Piece rest) {
    int length = rest.source().length();
    Mistake mistake = new Mistake("compiler.err.unclosed.comment", "", rest.source(), 0, length);
    return at(
        rest.start(),
        rest.start() + length,
        "this is not complete Java",
        hints.of(mistake, line(rest.start())));
  }

  /** A problem with a range of the cell. */
  EvalResult.Problem at(int from, int to, String message) {
    return at(from, to, message, "");
  }

  private EvalResult.Problem at(int from, int to, String message, String hint) {
    int start = Math.clamp(from, 0, code.length());
    while (start > 0 && start == code.length() && code.charAt(start - 1) == '\n') {
      start--;
    }
    int lineStart = code.lastIndexOf('\n', start - 1) + 1;
    int lineEnd = code.indexOf('\n', start);
    lineEnd = lineEnd < 0 ? code.length() : lineEnd;
    int end = Math.clamp(to, Math.min(start + 1, lineEnd), Math.max(lineEnd, start));
    return new EvalResult.Problem(
        line(lineStart),
        start - lineStart + 1,
        Math.max(end, start + 1) - lineStart + 1,
        message,
        code.substring(lineStart, lineEnd).stripTrailing(),
        hint);
  }
}
