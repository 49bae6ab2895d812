package org.rayshell.kernel.assist;

/**
 * A name in code.
 *
 * @param start its first UTF-16 unit
 */
record Name(String text, int start, int end) {
  /** The name at the cursor, or right before it or before its brackets; null if there is none. */
  static Name at(String code, int cursor) {
    int end = cursor;
    while (end < code.length() && Character.isJavaIdentifierPart(code.codePointAt(end))) {
      end += Character.charCount(code.codePointAt(end));
    }
    String begun = Begun.at(code, end).text();
    if (!begun.isEmpty()) {
      return Character.isDigit(begun.codePointAt(0))
          ? null
          : new Name(begun, end - begun.length(), end);
    }
    if (cursor > 0 && code.charAt(cursor - 1) == ')') {
      int bracket = Brackets.start(code.substring(0, cursor));
      return bracket <= 0 || Begun.at(code, bracket).text().isEmpty() ? null : at(code, bracket);
    }
    return null;
  }
}
