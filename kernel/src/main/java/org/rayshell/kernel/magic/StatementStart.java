package org.rayshell.kernel.magic;

/** Whether a statement of Java may begin after some text; reads comments, strings and brackets. */
final class StatementStart {
  private final String text;
  private int at;
  private int depth;
  private char last = ';';

  private StatementStart(String text) {
    this.text = text;
  }

  /** Whether the text is whole statements, so that what follows is a new one. */
  static boolean after(String text) {
    return new StatementStart(text).whole();
  }

  /** Whether the text ends in an equals sign of Java, so that what follows is a value. */
  static boolean afterAssignment(String text) {
    StatementStart start = new StatementStart(text);
    return start.read() && start.last == '=';
  }

  private boolean whole() {
    return read() && depth == 0 && (last == ';' || last == '}');
  }

  /** To the end; false if that is inside a comment or a literal. */
  private boolean read() {
    while (at < text.length()) {
      if (!step()) {
        return false;
      }
    }
    return true;
  }

  /** Past one character, comment or literal; false if the text ends inside it. */
  private boolean step() {
    if (text.startsWith("//", at)) {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
      return end >= 0;
    }
    if (text.startsWith("/*", at)) {
      return skip(text.indexOf("*/", at + 2), 2);
    }
    if (text.startsWith("\"\"\"", at)) {
      last = '"';
      return literal("\"\"\"");
    }
    char c = text.charAt(at);
    if (c == '"' || c == '\'') {
      last = c;
      return literal(String.valueOf(c));
    }
    if (c == '(' || c == '[' || c == '{') {
      depth++;
    } else if (c == ')' || c == ']' || c == '}') {
      depth--;
    }
    if (!Character.isWhitespace(c)) {
      last = c;
    }
    at++;
    return true;
  }

  private boolean literal(String quote) {
    int end = at + quote.length();
    while (end < text.length() && !text.startsWith(quote, end)) {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return skip(end < text.length() ? end : -1, quote.length());
  }

  private boolean skip(int end, int length) {
    at = end < 0 ? text.length() : end + length;
    return end >= 0;
  }
}
