package org.rayshell.kernel.wire;

/** Cursor positions: the protocol counts code points, Java counts UTF-16 units. */
public final class CodePoints {
  private CodePoints() {}

  /** The index in UTF-16 units of a position in code points, brought into the text. */
  public static int toIndex(String text, int position) {
    int points = text.codePointCount(0, text.length());
    return text.offsetByCodePoints(0, Math.clamp(position, 0, points));
  }

  /** The position in code points of an index in UTF-16 units, brought into the text. */
  public static int toPosition(String text, int index) {
    return text.codePointCount(0, Math.clamp(index, 0, text.length()));
  }
}
