package org.rayshell.kernel.display;

import java.util.ArrayList;
import java.util.List;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.session.Engine.ExecuteResult.Failed;

/**
 * A cell that does not compile, as text: of each problem the line with carets under the place, the
 * compiler's words, and what to do about it.
 */
final class CompileErrors {
  /** So many characters of a line are shown, and so many before the place. */
  private static final int LINE_CHARS = 160;

  private static final int CHARS_BEFORE = 60;
  private static final String CUT = "…";

  private CompileErrors() {}

  static Failed of(List<EvalResult.Problem> problems, String cell) {
    List<String> lines = new ArrayList<>();
    for (EvalResult.Problem each : problems) {
      lines.add(Ansi.in(Ansi.BOLD, cell + ", line " + each.line()));
      lines.addAll(place(each));
      List<String> words = each.message().lines().toList();
      for (int i = 0; i < words.size(); i++) {
        lines.add(i == 0 ? Ansi.in(Ansi.BOLD, words.get(i)) : words.get(i));
      }
      if (!each.hint().isEmpty()) {
        lines.add(Ansi.hint(each.hint()));
      }
    }
    String first = problems.isEmpty() ? "" : problems.getFirst().message();
    return new Failed("CompileError", first, lines);
  }

  /** The line, its place marked, and the carets under it. */
  private static List<String> place(EvalResult.Problem problem) {
    String line = problem.sourceLine();
    int from = Math.clamp(problem.column() - 1, 0, line.length());
    int to = Math.clamp(problem.endColumn() - 1, from, line.length());
    int start = line.length() <= LINE_CHARS ? 0 : whole(line, Math.max(0, from - CHARS_BEFORE));
    int end = whole(line, Math.min(line.length(), start + LINE_CHARS));
    to = Math.min(to, end);
    String lead = start == 0 ? "" : CUT;
    String before = lead + line.substring(start, from);
    String marked = line.substring(from, to);
    String number = "%5d | ".formatted(problem.line());
    return List.of(
        Ansi.in(Ansi.FAINT, number)
            + before
            + (marked.isBlank() ? marked : Ansi.in(Ansi.RED_LABEL, marked))
            + line.substring(to, end)
            + (end == line.length() ? "" : CUT),
        " ".repeat(number.length()) + blank(before) + Ansi.in(Ansi.BOLD, carets(marked)));
  }

  /** The place, or the one before it if it would part a pair. */
  private static int whole(String line, int at) {
    boolean parts =
        at > 0
            && at < line.length()
            && Character.isSurrogatePair(line.charAt(at - 1), line.charAt(at));
    return parts ? at - 1 : at;
  }

  /** As wide as the text: tabs are kept, wide characters become a blank of their width. */
  private static String blank(String text) {
    return wide(text, " ", "\u3000");
  }

  private static String carets(String text) {
    String carets = wide(text.strip(), "^", "\uff3e");
    return carets.isEmpty() ? "^" : carets;
  }

  private static String wide(String text, String narrow, String wide) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(each ->
            out.append(
                each == '\t'
                    ? "\t"
                    : CharacterWidth.of(each) == 0
                        ? ""
                        : CharacterWidth.of(each) == 2 ? wide : narrow));
    return out.toString();
  }
}
