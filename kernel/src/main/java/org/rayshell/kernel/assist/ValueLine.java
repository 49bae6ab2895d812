package org.rayshell.kernel.assist;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/**
 * A value in a line, at little cost and without running users' code: help is asked for while cells
 * run, and must not block.
 */
final class ValueLine {
  private static final int MOST_CHARS = 120;
  private static final int MOST_ELEMENTS = 10;

  private ValueLine() {}

  static String of(Object value) {
    String text = text(value, 0).replaceAll("\\s+", " ");
    return text.length() <= MOST_CHARS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, MOST_CHARS) - 1))
            + "…";
  }

  private static String text(Object value, int depth) {
    return switch (value) {
      case null -> "null";
      case String s -> "\"" + s.substring(0, Math.min(MOST_CHARS, s.length())) + "\"";
      case Character c -> "'" + c + "'";
      case Number n when isOfJdk(n) -> n.toString();
      case Boolean b -> b.toString();
      case Enum<?> e -> e.name();
      case Collection<?> all when isOfJdk(all) -> elements(all.iterator(), all.size(), depth);
      case Map<?, ?> map when isOfJdk(map) -> map.getClass().getSimpleName() + " of " + map.size();
      default -> {
        Class<?> type = value.getClass();
        yield type.isArray()
            ? elements(iterator(value), Array.getLength(value), depth)
            : type.getPackageName().startsWith("java.time")
                ? value.toString()
                : "an object of class " + Signatures.simple(type.getTypeName());
      }
    };
  }

  private static String elements(Iterator<?> elements, int size, int depth) {
    if (depth > 1) {
      return "[" + size + " elements]";
    }
    StringBuilder text = new StringBuilder("[");
    try {
      for (int i = 0; i < MOST_ELEMENTS && elements.hasNext(); i++) {
        text.append(i == 0 ? "" : ", ").append(text(elements.next(), depth + 1));
      }
    } catch (RuntimeException e) {
      // A cell changes it just now.
      return "[" + size + " elements]";
    }
    String more = size > MOST_ELEMENTS ? ", … " + size + " in all]" : "]";
    return text + more;
  }

  private static Iterator<Object> iterator(Object array) {
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

  private static boolean isOfJdk(Object value) {
    return value.getClass().getName().startsWith("java.");
  }
}
