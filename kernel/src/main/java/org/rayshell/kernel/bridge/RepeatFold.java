package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.rayshell.runtime.DriverHooks.TaskOutput;

/**
 * Folds what several workers print alike, as Ray does: words with digits in them do not count, the
 * first is shown at once, the others within five seconds as one with their number. What one worker
 * prints alone is never folded. Times are nanoseconds of any clock. Not thread-safe.
 */
final class RepeatFold {
  static final long WINDOW_NS = 5_000_000_000L;

  /**
   * A line to show.
   *
   * @param repeated how many such lines it stands for; 1 for itself
   */
  record Line(TaskOutput output, int repeated) {}

  private static final class Alike {
    final Set<Long> sources = new HashSet<>();
    long since;
    int count;
    TaskOutput last;
  }

  /** By text; the oldest window first. */
  private final Map<String, Alike> recent = new LinkedHashMap<>();

  /** A line was printed; returns what is to be shown of it and of what was before. */
  List<Line> add(TaskOutput output, long now) {
    List<Line> shown = expired(now);
    String key = key(output);
    Alike alike = key.isEmpty() ? null : recent.get(key);
    if (alike == null) {
      if (!key.isEmpty()) {
        Alike first = new Alike();
        first.since = now;
        first.sources.add(output.pid());
        recent.put(key, first);
      }
      shown.add(new Line(output, 1));
      return shown;
    }
    alike.sources.add(output.pid());
    if (alike.sources.size() == 1) {
      shown.add(new Line(output, 1));
    } else {
      alike.count++;
      alike.last = output;
    }
    return shown;
  }

  /** What a line is compared by; empty if it is not to be folded. */
  private static String key(TaskOutput output) {
    String line = output.line();
    if (line.isEmpty() || Character.isWhitespace(line.charAt(0))) {
      // Indented: part of what stands above, such as a frame of a stack trace.
      return "";
    }
    String words =
        Arrays.stream(line.split("\\s+"))
            .filter(word -> word.chars().noneMatch(Character::isDigit))
            .collect(Collectors.joining(" "));
    return words.isEmpty() ? "" : output.stderr() + " " + output.function() + " " + words;
  }

  /** Closes the windows that are over. */
  List<Line> expired(long now) {
    List<Line> shown = new ArrayList<>();
    while (!recent.isEmpty()) {
      Map.Entry<String, Alike> oldest = recent.entrySet().iterator().next();
      Alike alike = oldest.getValue();
      if (now - alike.since < WINDOW_NS) {
        break;
      }
      recent.remove(oldest.getKey());
      if (alike.count > 1) {
        // It goes on, so the next window begins.
        alike.since = now;
        recent.put(oldest.getKey(), alike);
      }
      show(alike, shown);
    }
    return shown;
  }

  /** Shows at once what is held back. */
  List<Line> flush() {
    List<Line> shown = new ArrayList<>();
    recent.values().forEach(alike -> show(alike, shown));
    return shown;
  }

  /** Shows at once what is held back, and begins anew. */
  List<Line> close() {
    List<Line> shown = flush();
    recent.clear();
    return shown;
  }

  private static void show(Alike alike, List<Line> shown) {
    if (alike.count > 0) {
      shown.add(new Line(alike.last, alike.count));
      alike.count = 0;
      alike.last = null;
    }
  }

  /** In how many nanoseconds a window closes that holds something back; for ever if none does. */
  long due(long now) {
    for (Alike each : recent.values()) {
      if (each.count > 0) {
        return Math.max(0, each.since + WINDOW_NS - now);
      }
    }
    return Long.MAX_VALUE;
  }
}
