package org.rayshell.kernel.magic;

import io.github.spencerpark.jupyter.kernel.magic.CellMagicParseContext;
import io.github.spencerpark.jupyter.kernel.magic.MagicParser;
import java.util.ArrayList;
import java.util.List;

/**
 * A cell cut into magics and Java. A line is a magic only where a statement may begin: a {@code %}
 * in a text block, in a comment or in the middle of an expression is Java's.
 */
final class CellScript {
  /** A part of a cell. */
  sealed interface Part {
    /** Java, under as many empty lines as stand above it in the cell. */
    record Java(String code) implements Part {}

    /** A magic. */
    record Call(Magic.Form form, String name, List<String> words, String raw, String body)
        implements Part {}
  }

  private static final MagicParser PARSER = new MagicParser("^[ \\t]*%", "%%");

  private CellScript() {}

  /** The parts in their order; a cell without magics is one part. */
  static List<Part> parse(String code) {
    if (code.indexOf('%') < 0) {
      return List.of(new Part.Java(code));
    }
    String lead = code.substring(0, code.length() - code.stripLeading().length());
    String rest = code.substring(lead.length());
    if (rest.startsWith("%%")) {
      return List.of(cellMagic(lead, rest));
    }
    return lineMagics(code);
  }

  private static Part cellMagic(String lead, String rest) {
    CellMagicParseContext parsed = PARSER.parseCellMagic(rest);
    String above = "\n".repeat(lines(lead) + 1);
    if (parsed != null) {
      String first = rest.lines().findFirst().orElse("");
      return call(
          Magic.Form.CELL,
          parsed.getMagicCall().getName(),
          parsed.getMagicCall().getArgs(),
          first.substring(2),
          above + parsed.getMagicCall().getBody());
    }
    // The parser wants a body; without one it is still a cell magic.
    String first = rest.lines().findFirst().orElse("").substring(2).strip();
    List<String> words = List.of(first.split("\\s+"));
    return call(Magic.Form.CELL, words.getFirst(), words.subList(1, words.size()), first, above);
  }

  private static List<Part> lineMagics(String code) {
    List<Part> parts = new ArrayList<>();
    StringBuilder java = new StringBuilder();
    int[] taken = {0};
    PARSER.transformLineMagics(
        code,
        match -> {
          int start = match.getRawContextPrefix().length();
          String before = code.substring(taken[0], start);
          if (StatementStart.after(java + before)) {
            flush(parts, java.append(before));
            String written = match.getRaw();
            int percent = written.indexOf('%');
            parts.add(
                call(
                    Magic.Form.LINE,
                    match.getMagicCall().getName(),
                    match.getMagicCall().getArgs(),
                    written.substring(percent + 1),
                    "\n".repeat(lines(code.substring(0, start)))));
            int end = start + written.length();
            java.setLength(0);
            java.append("\n".repeat(lines(code.substring(0, end))));
            taken[0] = end;
          }
          return "";
        });
    flush(parts, java.append(code, taken[0], code.length()));
    return parts.isEmpty() ? List.of(new Part.Java(code)) : parts;
  }

  private static void flush(List<Part> parts, StringBuilder java) {
    if (!java.toString().isBlank()) {
      parts.add(new Part.Java(java.toString()));
    }
  }

  private static Part call(
      Magic.Form form, String name, List<String> words, String written, String body) {
    String text = written.strip();
    String raw = text.startsWith(name) ? text.substring(name.length()).strip() : "";
    String placed = form == Magic.Form.LINE ? body + raw : body;
    return new Part.Call(form, name, List.copyOf(words), raw, placed);
  }

  private static int lines(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }
}
