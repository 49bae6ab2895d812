package org.rayshell.kernel.assist;

/** Tells code from what stands in it for people: strings, characters, comments. */
final class Prose {
  private Prose() {}

  /** Whether the end of the code is inside of such. */
  static boolean isOpenAtEnd(String code) {
    return open(code) >= 0;
  }

  /** Where that begins which the end of the code is inside of; -1 if there is none. */
  static int open(String code) {
    return blank(code, new StringBuilder(code));
  }

  /** The code with blanks where such stands; every other character keeps its place. */
  static String blanked(String code) {
    StringBuilder blanked = new StringBuilder(code);
    blank(code, blanked);
    return blanked.toString();
  }

  private static int blank(String code, StringBuilder blanked) {
    int at = 0;
    while (at < code.length()) {
      String end = endOfWhatBegins(code, at);
      if (end == null) {
        at++;
        continue;
      }
      int from = at + (end.equals("\n") || end.equals("*/") ? 2 : end.length());
      int closed =
          end.length() == 2 || end.equals("\n") ? code.indexOf(end, from) : quote(code, from, end);
      int next = closed < 0 ? code.length() : closed + end.length();
      for (int i = at; i < next; i++) {
        blanked.setCharAt(i, code.charAt(i) == '\n' ? '\n' : ' ');
      }
      if (closed < 0) {
        return at;
      }
      at = next;
    }
    return -1;
  }

  private static String endOfWhatBegins(String code, int at) {
    if (code.startsWith("//", at)) {
      return "\n";
    }
    if (code.startsWith("/*", at)) {
      return "*/";
    }
    if (code.startsWith("\"\"\"", at)) {
      return "\"\"\"";
    }
    char c = code.charAt(at);
    return c == '"' || c == '\'' ? String.valueOf(c) : null;
  }

  /** Where the literal closes; at the line's end, at the latest, unless it is a text block. */
  private static int quote(String code, int from, String end) {
    for (int at = from; at < code.length(); at++) {
      if (code.startsWith(end, at) || code.charAt(at) == '\n' && end.length() == 1) {
        return at;
      }
      if (code.charAt(at) == '\\') {
        at++;
      }
    }
    return -1;
  }
}
