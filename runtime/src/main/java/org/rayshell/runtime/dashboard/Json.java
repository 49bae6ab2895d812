package org.rayshell.runtime.dashboard;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** How JSON is built here: maps in order, nulls written, plain decimals, {@code <} escaped. */
final class Json {
  private static final Gson GSON = new GsonBuilder().serializeNulls().create();

  private Json() {}

  /** A JSON object of name and value in turn. */
  static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  /** A number as Ray writes its floats: {@code 20833577984.0}, never with an exponent. */
  static BigDecimal decimal(double value) {
    BigDecimal decimal = BigDecimal.valueOf(value);
    return decimal.setScale(Math.max(1, decimal.scale()));
  }

  /** Epoch nanoseconds as Ray's epoch milliseconds, {@code 1795416295311.0}; null for 0. */
  static BigDecimal time(long epochNs) {
    return epochNs == 0 ? null : decimal(epochNs / 1_000_000);
  }

  /** The value as a tree. */
  static JsonElement tree(Object value) {
    return GSON.toJsonTree(value);
  }

  /** How many bytes the value takes as text. */
  static int bytes(Object value) {
    return text(value).getBytes(StandardCharsets.UTF_8).length;
  }

  /** The text. */
  static String text(Object value) {
    return GSON.toJson(value);
  }
}
