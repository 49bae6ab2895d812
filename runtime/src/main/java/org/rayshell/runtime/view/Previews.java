package org.rayshell.runtime.view;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.store.ValueCodec;

/** Short texts of small values: {@code int 49}, {@code String "abc…"}, {@code double[3]}. */
final class Previews {
  private static final int MOST_BYTES = 10_000;
  private static final int MOST_CHARS = 40;

  private Previews() {}

  /** The text; null if the value is too large, and no array or text, or its class is not here. */
  static String of(EncodedValue value, ValueCodec codec, ClassLoader loader) {
    if (value.size() > MOST_BYTES) {
      return ValueCodec.shape(value);
    }
    try {
      return of(codec.decode(value, loader));
    } catch (RuntimeException | LinkageError _) {
      return null;
    }
  }

  static String of(Object value) {
    return switch (value) {
      case null -> "null";
      case Integer i -> "int " + i;
      case Character c -> "char '" + c + "'";
      case Number n when isBoxed(n) -> n.getClass().getSimpleName().toLowerCase() + " " + n;
      case Boolean b -> "boolean " + b;
      case String s -> "String \"" + shortened(s) + "\"";
      case Collection<?> c -> name(c) + "[" + c.size() + "]";
      case Map<?, ?> m -> name(m) + "[" + m.size() + "]";
      case Enum<?> e -> e.getDeclaringClass().getSimpleName() + " " + e.name();
      case Object array when array.getClass().isArray() ->
          array.getClass().getComponentType().getSimpleName() + "[" + Array.getLength(array) + "]";
      default ->
          isPlain(value)
              ? value.getClass().getSimpleName() + " " + shortened(value.toString())
              : value.getClass().getSimpleName();
    };
  }

  /** {@code List} for those of {@code List.of}, whose classes nobody knows. */
  private static String name(Object collection) {
    String name = collection.getClass().getName();
    return !name.startsWith("java.util.ImmutableCollections$")
        ? collection.getClass().getSimpleName()
        : collection instanceof Map ? "Map" : collection instanceof List ? "List" : "Set";
  }

  /** Whether its text is short and its class the JDK's: nobody else's code is run to show it. */
  private static boolean isPlain(Object value) {
    return value instanceof BigInteger
        || value instanceof BigDecimal
        || value instanceof UUID
        || value.getClass().getPackageName().equals("java.time");
  }

  private static boolean isBoxed(Number number) {
    return number instanceof Long
        || number instanceof Double
        || number instanceof Float
        || number instanceof Short
        || number instanceof Byte;
  }

  private static String shortened(String text) {
    String line = text.lines().findFirst().orElse("");
    boolean whole = line.length() == text.length() && line.length() <= MOST_CHARS;
    return whole ? line : line.substring(0, Math.min(MOST_CHARS, line.length())) + "…";
  }
}
