package org.rayshell.kernel.display;

import java.lang.reflect.Array;
import java.util.regex.Pattern;

/** Values as text. */
public final class PlainText {
  private static final int MOST_ELEMENTS = 1_000;
  private static final int MOST_CHARS = 1 << 20;

  /** What JShell puts before the names of cells' classes and variables. */
  private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$\\w+[.$]");

  private PlainText() {}

  /** Text with the names of cells' classes as they stand in the cells. */
  public static String asWritten(String text) {
    return text.contains("REPL.$JShell$") ? WRAPPER.matcher(text).replaceAll("") : text;
  }

  /** What {@code String.valueOf} gives, arrays as lists: {@code [[1, 2], [3]]}. */
  public static String of(Object value) {
    if (value == null || !value.getClass().isArray()) {
      return String.valueOf(value);
    }
    StringBuilder text = new StringBuilder();
    array(text, value, 0);
    return text.toString();
  }

  private static void array(StringBuilder text, Object array, int depth) {
    int length = Array.getLength(array);
    text.append('[');
    for (int i = 0; i < length; i++) {
      text.append(i == 0 ? "" : ", ");
      if (i == MOST_ELEMENTS || text.length() > MOST_CHARS) {
        text.append("... ").append(length - i).append(" more");
        break;
      }
      Object element = Array.get(array, i);
      if (element != null && element.getClass().isArray() && depth < 20) {
        array(text, element, depth + 1);
      } else {
        text.append(element);
      }
    }
    text.append(']');
  }
}
