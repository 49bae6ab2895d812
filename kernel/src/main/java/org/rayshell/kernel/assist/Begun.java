package org.rayshell.kernel.assist;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The beginning of a name, as far as it has been typed. Immutable. */
final class Begun {
  /** How a name fits: the less, the better. */
  static final int AS_TYPED = 0;

  static final int BUT_FOR_CASE = 1;
  static final int BY_HUMPS = 2;
  static final int NOT = 3;

  private static final Pattern HUMP = Pattern.compile("\\p{Lu}?[^\\p{Lu}]*");

  private final String text;
  private final Pattern humps;

  Begun(String text) {
    this.text = text;
    this.humps = humps(text);
  }

  /** The name that ends at this place of the code, which counts UTF-16 units. */
  static Begun at(String code, int end) {
    int start = end;
    while (start > 0 && Character.isJavaIdentifierPart(code.codePointBefore(start))) {
      start -= Character.charCount(code.codePointBefore(start));
    }
    return new Begun(code.substring(start, end));
  }

  String text() {
    return text;
  }

  /** Whether a number has been begun, and no name. */
  boolean isNumber() {
    return !text.isEmpty() && Character.isDigit(text.codePointAt(0));
  }

  /** How well the name fits. */
  int fit(String name) {
    if (name.startsWith(text)) {
      return AS_TYPED;
    }
    if (text.length() > 1 && name.regionMatches(true, 0, text, 0, text.length())) {
      return BUT_FOR_CASE;
    }
    return humps != null && humps.matcher(name).lookingAt() ? BY_HUMPS : NOT;
  }

  /** {@code toUC} begins {@code toUpperCase}; null if there is but one hump. */
  private static Pattern humps(String text) {
    StringBuilder pattern = new StringBuilder();
    int count = 0;
    Matcher hump = HUMP.matcher(text);
    while (hump.find() && !hump.group().isEmpty()) {
      pattern.append(count++ == 0 ? "" : "[\\p{Ll}\\p{N}_]*").append(Pattern.quote(hump.group()));
    }
    return count < 2 ? null : Pattern.compile(pattern.toString());
  }
}
