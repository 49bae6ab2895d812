package org.rayshell.kernel.display;

/**
 * How the parts of an error's text are told apart. Pages draw errors on a pink ground in a light
 * theme and on a dark red one in a dark theme, and no colour of text is legible on both; those with
 * names are not even on white. So text keeps the theme's own colour, and what has a colour brings
 * its ground along. Terminals draw what is faint so; pages draw it like the rest.
 */
public final class Ansi {
  static final String RED_LABEL = "\u001b[1;38;5;231;48;5;160m";
  static final String BLUE_LABEL = "\u001b[1;38;5;231;48;5;25m";
  static final String FAINT = "\u001b[2m";
  public static final String BOLD = "\u001b[1m";
  private static final String END = "\u001b[0m";

  private Ansi() {}

  /** The text, marked by one of the above. */
  public static String in(String mark, String text) {
    return mark + text + END;
  }

  /** What to do about an error. */
  static String hint(String text) {
    return in(BLUE_LABEL, "Hint:") + " " + text;
  }
}
