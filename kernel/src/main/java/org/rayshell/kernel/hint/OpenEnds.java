package org.rayshell.kernel.hint;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a piece of Java opens and does not close. */
final class OpenEnds {
  /**
   * Something open.
   *
   * @param position where it begins
   * @param opener such as a brace, three quotes or the beginning of a comment
   * @param closer what would close it
   */
  record Open(int position, String opener, String closer) {}

  private static final String OPENERS = "{([";
  private static final String CLOSERS = "})]";

  private final String code;
  private final Deque<Open> open = new ArrayDeque<>();
  private Open suspect;

  private OpenEnds(String code) {
    this.code = code;
  }

  /**
   * What is open at the end; null if nothing is. Of a brace that has one closer too few below it,
   * the one whose closer stands further left is told, since that is rather an outer one's.
   */
  static Open of(String code) {
    return new OpenEnds(code).find();
  }

  private Open find() {
    for (int at = 0; at < code.length(); ) {
      int end = skipped(at);
      if (end < 0) {
        return textAt(at);
      }
      if (end > at) {
        at = end;
        continue;
      }
      bracket(at);
      at++;
    }
    return open.isEmpty() || suspect == null ? open.peek() : suspect;
  }

  private void bracket(int at) {
    int opener = OPENERS.indexOf(code.charAt(at));
    if (opener >= 0) {
      open.push(
          new Open(
              at, OPENERS.substring(opener, opener + 1), CLOSERS.substring(opener, opener + 1)));
      return;
    }
    int closer = CLOSERS.indexOf(code.charAt(at));
    if (closer >= 0 && !open.isEmpty() && open.peek().opener.charAt(0) == OPENERS.charAt(closer)) {
      Open closed = open.pop();
      boolean firstOfLine = code.substring(lineStart(at), at).isBlank();
      if (suspect == null && firstOfLine && indent(at) < indent(closed.position)) {
        suspect = closed;
      }
    }
  }

  private int lineStart(int at) {
    return code.lastIndexOf('\n', at - 1) + 1;
  }

  private int indent(int at) {
    int start = lineStart(at);
    int end = start;
    while (end < code.length() && (code.charAt(end) == ' ' || code.charAt(end) == '\t')) {
      end++;
    }
    return end - start;
  }

  /** The end of the comment or literal that begins here; the place itself if none; -1: no end. */
  private int skipped(int at) {
    if (code.startsWith("//", at)) {
      int end = code.indexOf('\n', at);
      return end < 0 ? code.length() : end;
    }
    if (code.startsWith("/*", at)) {
      int end = code.indexOf("*/", at + 2);
      return end < 0 ? -1 : end + 2;
    }
    char first = code.charAt(at);
    if (first != '"' && first != '\'') {
      return at;
    }
    String quotes = code.startsWith("\"\"\"", at) ? "\"\"\"" : String.valueOf(first);
    for (int end = at + quotes.length(); end < code.length(); end++) {
      char c = code.charAt(end);
      if (c == '\n' && quotes.length() == 1) {
        return -1;
      }
      if (code.startsWith(quotes, end)) {
        return end + quotes.length();
      }
      end += c == '\\' ? 1 : 0;
    }
    return -1;
  }

  private Open textAt(int at) {
    if (code.startsWith("/*", at)) {
      return new Open(at, "/*", "*/");
    }
    String quotes = code.startsWith("\"\"\"", at) ? "\"\"\"" : code.substring(at, at + 1);
    return new Open(at, quotes, quotes);
  }
}
