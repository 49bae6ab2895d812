package org.rayshell.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cell cut into magics and Java. */
final class CellScript {
  /** A part of a cell. */
  sealed interface Part {
    /** Java, under as many empty lines as stand above it in the cell. */
    record Java(String code) implements Part {}

    /**
     * A magic.
     *
     * @param text the lines below a cell magic; empty for a line magic
     * @param body the same, under as many empty lines as stand above it in the cell; of a line
     *     magic the arguments
     */
    record Call(
        Magic.Form form, String name, List<String> words, String raw, String text, String body)
        implements Part {}
  }

  private static final Pattern CELL = Pattern.compile("(?s)(\\s*)%%([^\\r\\n]*)(?:\\R(.*))?");
  private static final Pattern NAME = Pattern.compile("(\\S*)(.*)");

  private CellScript() {}

  /**
   * The parts in their order; a cell without magics is one part.
   *
   * @param names whether the session has a variable, method or class of that name
   */
  static List<Part> parse(String code, Predicate<String> names) {
    Matcher cell = CELL.matcher(code);
    if (cell.matches() && !MagicLine.isQuestion(code)) {
      return List.of(cellMagic(cell));
    }
    List<Part> parts = new ArrayList<>();
    Part.Call wanted = CellDependencies.in(code);
    if (wanted != null) {
      parts.add(wanted);
    }
    int done = 0;
    for (MagicLine line : MagicLine.in(code, names)) {
      java(parts, code, done, line.start());
      String raw = code.substring(line.arguments(), line.argumentsEnd()).strip();
      parts.add(
          new Part.Call(
              Magic.Form.LINE,
              line.name(),
              Words.split(raw),
              raw,
              "",
              above(code, line.start()) + raw));
      done = line.end();
    }
    java(parts, code, done, code.length());
    return parts.isEmpty() ? List.of(new Part.Java(code)) : parts;
  }

  private static Part cellMagic(Matcher cell) {
    Matcher first = NAME.matcher(cell.group(2).strip());
    if (!first.matches()) {
      throw new IllegalStateException("not a line: " + cell.group(2));
    }
    String raw = first.group(2).strip();
    String text = cell.group(3) == null ? "" : cell.group(3);
    return new Part.Call(
        Magic.Form.CELL,
        first.group(1),
        Words.split(raw),
        raw,
        text,
        above(cell.group(1), cell.group(1).length()) + "\n" + text);
  }

  private static void java(List<Part> parts, String code, int start, int end) {
    if (!code.substring(start, end).isBlank()) {
      parts.add(
          new Part.Java(above(code, start) + AssignedMagic.replaced(code.substring(start, end))));
    }
  }

  /** As many line breaks as stand before the place. */
  private static String above(String code, int place) {
    return "\n".repeat((int) code.substring(0, place).chars().filter(c -> c == '\n').count());
  }
}
