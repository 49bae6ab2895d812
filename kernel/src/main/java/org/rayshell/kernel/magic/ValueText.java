package org.rayshell.kernel.magic;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.display.PlainText;

/**
 * A value in a line, at the cost of its first elements: what a variable holds may be as large as
 * the heap. Calls {@code toString} and {@code size} of users' classes.
 */
final class ValueText {
  private static final int MOST_CHARS = 60;
  private static final int MOST_DEPTH = 4;

  private ValueText() {}

  /** The value, cut to some sixty characters. */
  static String of(Object value) {
    StringBuilder text = new StringBuilder();
    add(text, value, 0);
    String line = PlainText.asWritten(text.toString()).replaceAll("\\s+", " ");
    return Html.cut(line, MOST_CHARS);
  }

  private static void add(StringBuilder text, Object value, int depth) {
    switch (value) {
      case null -> text.append("null");
      case CharSequence chars -> quoted(text, chars, '"');
      case Character c -> quoted(text, c.toString(), '\'');
      case Collection<?> all when isOfJdk(value) && depth < MOST_DEPTH ->
          elements(text, all.iterator(), depth, "[]");
      case Map<?, ?> map when isOfJdk(value) && depth < MOST_DEPTH ->
          elements(text, map.entrySet().iterator(), depth, "{}");
      case Map.Entry<?, ?> entry when depth < MOST_DEPTH -> {
        add(text, entry.getKey(), depth + 1);
        text.append('=');
        add(text, entry.getValue(), depth + 1);
      }
      default -> {
        if (value.getClass().isArray() && depth < MOST_DEPTH) {
          elements(text, array(value), depth, "[]");
        } else {
          text.append(itself(value));
        }
      }
    }
  }

  private static void quoted(StringBuilder text, CharSequence chars, char quote) {
    int length = Math.min(chars.length(), 2 * MOST_CHARS);
    text.append(quote).append(chars, 0, length).append(quote);
  }

  private static void elements(
      StringBuilder text, Iterator<?> elements, int depth, String brackets) {
    text.append(brackets.charAt(0));
    try {
      for (int i = 0; elements.hasNext() && text.length() < 2 * MOST_CHARS; i++) {
        text.append(i == 0 ? "" : ", ");
        add(text, elements.next(), depth + 1);
      }
    } catch (RuntimeException e) {
      text.append(failure(e));
    }
    text.append(brackets.charAt(1));
  }

  private static Iterator<Object> array(Object array) {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < Array.getLength(array);
      }

      @Override
      public Object next() {
        return Array.get(array, next++);
      }
    };
  }

  private static String itself(Object value) {
    try {
      return String.valueOf(value);
    } catch (RuntimeException e) {
      return failure(e);
    }
  }

  private static String failure(RuntimeException e) {
    return "(" + e.getClass().getSimpleName() + " of its toString)";
  }

  /** Whether it says itself what is in it, as JDK's collections do: others have their own texts. */
  private static boolean isOfJdk(Object value) {
    return value.getClass().getName().startsWith("java.");
  }

  /** How many elements, entries or characters it has; empty where it has none of these. */
  static String size(Object value) {
    try {
      return switch (value) {
        case null -> "";
        case CharSequence chars -> chars.length() + " chars";
        case Collection<?> all -> String.valueOf(all.size());
        case Map<?, ?> map -> String.valueOf(map.size());
        default -> value.getClass().isArray() ? dimensions(value) : "";
      };
    } catch (RuntimeException e) {
      return "";
    }
  }

  /** {@code 3 × 4} of an array of arrays, by the first of these. */
  private static String dimensions(Object array) {
    StringBuilder text = new StringBuilder();
    for (Object each = array; each != null && each.getClass().isArray(); ) {
      int length = Array.getLength(each);
      text.append(text.isEmpty() ? "" : " × ").append(length);
      each =
          length > 0 && !each.getClass().componentType().isPrimitive() ? Array.get(each, 0) : null;
    }
    return text.toString();
  }

  /** A type without its packages: {@code java.util.List<java.lang.String>} is a List of String. */
  static String simple(String type) {
    return type.replaceAll("\\b(?:[\\p{L}_$][\\p{L}\\p{N}_$]*\\.)+(?=[\\p{L}_$])", "");
  }
}
