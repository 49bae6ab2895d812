package org.rayshell.kernel.display;

/** The colours of errors: such as are legible on a light ground and on a dark one. */
final class Ansi {
  static final String RED = "\u001b[0;31m";
  static final String RED_BOLD = "\u001b[1;31m";
  static final String GREEN = "\u001b[0;32m";
  static final String BLUE = "\u001b[0;34m";
  static final String BOLD = "\u001b[1m";

  /** Of the middle, since pages know no dim text, and the named greys vanish on one ground. */
  static final String GREY = "\u001b[38;5;244m";

  static final String END = "\u001b[0m";

  private Ansi() {}

  /** The text in a colour. */
  static String in(String colour, String text) {
    return colour + text + END;
  }
}
