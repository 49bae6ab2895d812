package org.rayshell.kernel.eval;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** Cuts cells into snippets. */
final class CellSplitter {
  private CellSplitter() {}

  /** The snippets in order; comments and blanks between them are left out. */
  static List<Piece> split(String code, SourceCodeAnalysis analysis) {
    List<Piece> pieces = new ArrayList<>();
    int start = begin(code, 0);
    while (start < code.length()) {
      String rest = code.substring(start);
      CompletionInfo info = analysis.analyzeCompletion(rest);
      Completeness found = info.completeness();
      if (found == Completeness.EMPTY) {
        break;
      }
      if (!found.isComplete() && found != Completeness.CONSIDERED_INCOMPLETE) {
        pieces.add(new Piece(rest, start, false, false));
        break;
      }
      String remaining = found.isComplete() ? info.remaining() : "";
      String own = rest.substring(0, rest.length() - remaining.length());
      pieces.add(new Piece(info.source(), start, true, endsWithSemicolon(own)));
      start = begin(code, start + own.length());
    }
    return pieces;
  }

  private static boolean endsWithSemicolon(String own) {
    char last = 0;
    for (int at = begin(own, 0); at < own.length(); at++) {
      char c = own.charAt(at);
      if (c == '"' || c == '\'') {
        String quote = own.startsWith("\"\"\"", at) ? "\"\"\"" : String.valueOf(c);
        at += quote.length();
        while (at < own.length() && !own.startsWith(quote, at)) {
          at += own.charAt(at) == '\\' ? 2 : 1;
        }
        at += quote.length() - 1;
        last = c;
      } else if (own.startsWith("//", at) || own.startsWith("/*", at)) {
        at = skipped(own, at) - 1;
      } else if (!Character.isWhitespace(c)) {
        last = c;
      }
    }
    return last == ';';
  }

  /** The end of the comment that begins here. */
  private static int skipped(String code, int at) {
    String end = code.startsWith("//", at) ? "\n" : "*/";
    int found = code.indexOf(end, at + 2);
    return found < 0 ? code.length() : found + end.length();
  }

  /** The first character at or after the position that is neither blank, comment nor stray `;`. */
  static int begin(String code, int from) {
    int at = from;
    while (at < code.length()) {
      char c = code.charAt(at);
      if (Character.isWhitespace(c) || c == ';') {
        at++;
      } else if (code.startsWith("//", at)
          || (code.startsWith("/*", at) && code.indexOf("*/", at + 2) >= 0)) {
        at = skipped(code, at);
      } else {
        break;
      }
    }
    return at;
  }
}
