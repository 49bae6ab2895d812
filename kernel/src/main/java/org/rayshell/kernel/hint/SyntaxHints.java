package org.rayshell.kernel.hint;

import java.util.Map;

/** About text that does not parse. */
final class SyntaxHints {
  private static final Map<String, String> NAMES =
      Map.of(
          "\"\"\"", "text block",
          "\"", "string",
          "/*", "comment");

  private SyntaxHints() {}

  /**
   * About the end that came too early, or a literal or comment without one.
   *
   * @param firstLine the line of the cell that the source begins in
   */
  static String ofEnd(Mistake mistake, int firstLine) {
    OpenEnds.Open open = OpenEnds.of(mistake.source());
    if (open == null) {
      return "";
    }
    long line =
        firstLine
            + mistake.source().substring(0, open.position()).chars().filter(c -> c == '\n').count();
    String kind = NAMES.get(open.opener());
    if (kind == null) {
      return "the " + open.opener() + " in line " + line + " has no " + open.closer();
    }
    String begins = "the " + kind + " that begins in line " + line + " has no " + open.closer();
    return kind.equals("string") && mistake.source().indexOf('\n', open.position()) >= 0
        ? begins + " in its line; text of several lines stands between \"\"\" and \"\"\""
        : begins;
  }

  /** About single quotes around what is no single character. */
  static String ofCharacters() {
    return "a char is one character between single quotes; text stands in double ones";
  }

  /** About what a text block begins with. */
  static String ofTextBlock() {
    return "the text begins in the line after the three quotes";
  }

  /** About characters that look like Java's and are not. */
  static String ofCharacter(Mistake mistake) {
    String source = mistake.source();
    int found = mistake.start() < source.length() ? source.codePointAt(mistake.start()) : -1;
    return switch (found) {
      case '“', '”', '„' -> "it is no \" but a quotation mark of a text processor";
      case '‘', '’' -> "it is no ' but a quotation mark of a text processor";
      case '–', '—', '−' -> "it is no - but a dash";
      case '\u00a0' -> "it is no blank but one that does not break: type a blank in its place";
      case '#' -> "comments begin with //";
      default -> "";
    };
  }
}
