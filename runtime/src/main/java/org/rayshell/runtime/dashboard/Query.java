package org.rayshell.runtime.dashboard;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters behind a URL's question mark, decoded; immutable. */
record Query(Map<String, List<String>> values) {
  /**
   * @param raw as in the URL; null for none
   * @throws BadRequest if it is not encoded properly
   */
  static Query parse(String raw) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&")) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        values.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
      }
    }
    return new Query(values);
  }

  /** The parameter's first value; null if it is not there. */
  String first(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? null : all.getFirst();
  }

  /** The parameter's first value; null if it is not there or empty. */
  String given(String name) {
    String value = first(name);
    return value == null || value.isBlank() ? null : value;
  }

  /**
   * One of some words; null if the parameter is not there or empty.
   *
   * @throws BadRequest if it is another
   */
  String choice(String name, List<String> words) {
    String value = given(name);
    if (value != null && !words.contains(value)) {
      throw new BadRequest(
          "%s must be one of %s: %s=%s".formatted(name, String.join(", ", words), name, value));
    }
    return value;
  }

  /**
   * Epoch milliseconds as epoch nanoseconds.
   *
   * @throws BadRequest if it is no such number
   */
  long time(String name, long standardNs) {
    String value = given(name);
    if (value == null) {
      return standardNs;
    }
    try {
      double ms = Double.parseDouble(value);
      if (ms >= 0 && ms < Long.MAX_VALUE / 1e6) {
        return (long) (ms * 1e6);
      }
    } catch (NumberFormatException _) {
      // refused below
    }
    throw new BadRequest("%s must be epoch milliseconds: %s=%s".formatted(name, name, value));
  }

  /** The parameter's values in order. */
  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** Whether the parameter is there and says yes, as Ray's clients write it. */
  boolean flag(String name) {
    String value = first(name);
    return value != null && List.of("1", "true").contains(value.toLowerCase(java.util.Locale.ROOT));
  }

  /**
   * A whole number.
   *
   * @throws BadRequest if it is none, or out of range
   */
  int number(String name, int standard, int least, int most) {
    String value = first(name);
    if (value == null) {
      return standard;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // refused below
    }
    throw new BadRequest(
        "%s must be a whole number from %d to %d: %s=%s".formatted(name, least, most, name, value));
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadRequest("the query is not encoded properly: " + e.getMessage());
    }
  }

  /** A request that cannot be answered as it stands: status 400. */
  static final class BadRequest extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadRequest(String message) {
      super(message);
    }
  }
}
