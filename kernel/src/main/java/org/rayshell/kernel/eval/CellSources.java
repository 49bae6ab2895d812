package org.rayshell.kernel.eval;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;

/** Which cell and line the lines of the session's classes come from. Thread-safe. */
final class CellSources {
  /** A line of a cell, from 1. */
  record Place(int cell, int line) {}

  /**
   * A snippet in its wrapper.
   *
   * @param lines of the wrapper, one for each line of the snippet, ascending
   * @param first line of the cell that the snippet begins in
   */
  private record Part(int cell, int first, int[] lines, String source) {}

  private final Map<Integer, String> cells = new ConcurrentHashMap<>();
  private final Map<String, List<Part>> wrappers = new ConcurrentHashMap<>();
  private final Map<String, Place> origins = new ConcurrentHashMap<>();

  /** A cell is about to run; its text as it was written. */
  void begin(int number, String source) {
    cells.put(number, source);
  }

  /**
   * Code is about to run for a cell. What was written in the cell counts as its text; of the code
   * only what goes on below, as that of a file which a magic loads.
   */
  void cell(int number, String code) {
    cells.merge(
        number,
        code,
        (written, more) -> {
          long lines = written.lines().count();
          return Stream.concat(written.lines(), more.lines().skip(lines))
              .collect(Collectors.joining("\n"));
        });
  }

  /** A line of a cell; empty if there is none. */
  String line(int cell, int line) {
    return cells.getOrDefault(cell, "").lines().skip(Math.max(0, line - 1)).findFirst().orElse("");
  }

  /** A snippet, by its id, begins at this place. */
  void origin(String snippet, Place place) {
    origins.put(snippet, place);
  }

  /** Where a snippet was defined, such as {@code of In [3]} behind a blank; empty if nowhere. */
  String whereFrom(String snippet) {
    Place place = origins.get(snippet);
    return place == null ? "" : " of In [" + place.cell() + "]";
  }

  /** The comment that documents a snippet, by its id, with its line's end; empty without one. */
  String comment(String snippet) {
    Place place = origins.get(snippet);
    if (place == null) {
      return "";
    }
    String before =
        cells
            .getOrDefault(place.cell, "")
            .lines()
            .limit(place.line - 1L)
            .collect(Collectors.joining("\n"))
            .stripTrailing();
    int start = before.endsWith("*/") ? before.lastIndexOf("/**") : before.length();
    while (lastLine(before, start).startsWith("///")) {
      start = before.lastIndexOf('\n', start - 1);
    }
    return start < 0 || start == before.length() ? "" : before.substring(start).strip() + "\n";
  }

  private static String lastLine(String text, int end) {
    return end <= 0 ? "" : text.substring(text.lastIndexOf('\n', end - 1) + 1, end).strip();
  }

  /** A snippet was compiled, maybe again; nothing changes if its wrapper is known. */
  void compiled(String snippet, SnippetWrapper wrapper) {
    Place origin = origins.get(snippet);
    if (origin == null) {
      return;
    }
    List<Part> parts =
        wrappers.computeIfAbsent(wrapper.fullClassName(), name -> new CopyOnWriteArrayList<>());
    if (parts.stream().noneMatch(part -> part.source.equals(wrapper.source()))) {
      parts.add(new Part(origin.cell, origin.line, lines(wrapper), wrapper.source()));
    }
  }

  /** A class was compiled around a snippet: so many lines, line by line, from that one on. */
  void compiled(String className, Place origin, int firstLine, int count) {
    int[] lines = IntStream.range(firstLine, firstLine + count).toArray();
    wrappers.put(className, List.of(new Part(origin.cell, origin.line, lines, "")));
  }

  private static int[] lines(SnippetWrapper wrapper) {
    String source = wrapper.source();
    String wrapped = wrapper.wrapped();
    int[] lines = new int[(int) source.lines().count()];
    int line = 1;
    int counted = 0;
    int start = 0;
    for (int i = 0; i < lines.length; i++) {
      int end = source.indexOf('\n', start);
      end = end < 0 ? source.length() : end;
      int at = wrappedPosition(wrapper, source, start, end);
      for (; counted < at; counted++) {
        line += wrapped.charAt(counted) == '\n' ? 1 : 0;
      }
      lines[i] = line;
      start = end + 1;
    }
    return lines;
  }

  /** Where the line's first character that is kept stands in the wrapper. */
  private static int wrappedPosition(SnippetWrapper wrapper, String source, int start, int end) {
    for (int i = start; i < end; i++) {
      int at = wrapper.sourceToWrappedPosition(i);
      if (at >= 0 && wrapper.wrappedToSourcePosition(at) == i) {
        return at;
      }
    }
    return 0;
  }

  /**
   * The place that a line of a class came from; null if the class is not the session's.
   *
   * @param className binary name of a wrapper or of a class in one
   */
  Place place(String className, int line) {
    List<Part> parts = wrappers.get(SessionClasses.wrapper(className));
    Place found = null;
    int best = 0;
    for (Part part : parts == null ? List.<Part>of() : parts) {
      for (int i = 0; i < part.lines.length; i++) {
        if (part.lines[i] <= line && part.lines[i] > best) {
          best = part.lines[i];
          found = new Place(part.cell, part.first + i);
        }
      }
      if (found == null) {
        found = new Place(part.cell, part.first);
      }
    }
    return found;
  }
}
