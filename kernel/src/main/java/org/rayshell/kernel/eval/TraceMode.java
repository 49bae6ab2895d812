package org.rayshell.kernel.eval;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How much of an exception a cell shows: the modes of IPython's {@code %xmode}. */
public enum TraceMode {
  /** The exception and its causes, without frames. */
  MINIMAL,
  /** The frames that matter, by their places alone. */
  PLAIN,
  /** The frames that matter, each with the line of its cell. */
  CONTEXT,
  /** All frames, those of the worker too. */
  VERBOSE;

  /** As it is written: {@code Context}. */
  public String written() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }

  /** All of them as they are written. */
  public static List<String> names() {
    return Arrays.stream(values()).map(TraceMode::written).toList();
  }

  /** The mode of that name, in whatever case; null if there is none. */
  public static TraceMode of(String name) {
    for (TraceMode each : values()) {
      if (each.name().equals(name.toUpperCase(Locale.ROOT))) {
        return each;
      }
    }
    return null;
  }
}
