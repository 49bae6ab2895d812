package org.rayshell.kernel.hint;

/**
 * An error of the compiler.
 *
 * @param code the compiler's name for it, such as {@code compiler.err.cant.resolve}
 * @param message its words, in English
 * @param source the snippet that it is in
 * @param start where in the snippet it begins
 * @param end where it ends, exclusive
 */
public record Mistake(String code, String message, String source, int start, int end) {
  /** Places are moved into the source. */
  public Mistake {
    start = Math.clamp(start, 0, source.length());
    end = Math.clamp(end, start, source.length());
  }

  /** What is wrong, as it is written. */
  String text() {
    return source.substring(start, end);
  }

  /** The code without what all errors begin with. */
  String kind() {
    return code.startsWith("compiler.err.") ? code.substring("compiler.err.".length()) : code;
  }
}
