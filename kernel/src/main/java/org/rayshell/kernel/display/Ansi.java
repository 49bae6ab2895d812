package org.rayshell.kernel.display;

/**
 * The colours of errors. They are numbers of the 256 and not names: pages draw the named ones, and
 * bold ones above all, too bright for the ground of errors in a light theme or too dark for that in
 * a dark one. These have three times the contrast on both.
 */
final class Ansi {
  static final String RED_BOLD = "\u001b[1;38;5;196m";
  static final String GREEN = "\u001b[38;5;28m";
  static final String BLUE = "\u001b[38;5;32m";
  static final String GREY = "\u001b[38;5;244m";
  static final String BOLD = "\u001b[1m";
  static final String END = "\u001b[0m";

  private Ansi() {}

  /** The text in a colour. */
  static String in(String colour, String text) {
    return colour + text + END;
  }
}
