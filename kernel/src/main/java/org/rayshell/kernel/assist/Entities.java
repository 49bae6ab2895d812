package org.rayshell.kernel.assist;

import java.util.Locale;

/** HTML's names of characters, as far as comments use them. */
final class Entities {
  private Entities() {}

  /** What the entity stands for; as it is written if that is not known. */
  static String characters(String name) {
    return switch (name) {
      case "lt" -> "<";
      case "gt" -> ">";
      case "amp" -> "&";
      case "quot" -> "\"";
      case "nbsp" -> "\u00a0";
      case "mdash" -> "—";
      case "ndash" -> "–";
      case "le" -> "≤";
      case "ge" -> "≥";
      default -> name.startsWith("#") ? numbered(name) : "&" + name + ";";
    };
  }

  private static String numbered(String name) {
    try {
      boolean hex = name.toLowerCase(Locale.ROOT).startsWith("#x");
      return Character.toString(
          hex ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1)));
    } catch (IllegalArgumentException e) {
      return "&" + name + ";";
    }
  }
}
