package org.rayshell.kernel.display.table;

import java.util.List;
import java.util.Locale;

/** A table as text, for consoles: columns that line up, as many as a wide terminal takes. */
final class TableText {
  private static final int MOST_WIDTH = 160;
  private static final String GAP = "  ";

  private TableText() {}

  static String of(Shown shown) {
    StringBuilder text = new StringBuilder();
    int[] widths = widths(shown.columns());
    int columns = 0;
    int width = 0;
    while (columns < widths.length
        && (columns == 0 || width + widths[columns] + GAP.length() <= MOST_WIDTH)) {
      width += widths[columns++] + GAP.length();
    }
    int rows = Math.max(shown.open(), shown.leastText());
    for (int row = -1; row < rows; row++) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        Column column = shown.columns().get(i);
        String cell = plain(row < 0 ? column.name() : column.cells().get(row).text());
        String pad = " ".repeat(widths[i] - length(cell));
        line.append(column.number() ? pad + cell : cell + pad).append(GAP);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    int left = shown.columnsLeft() + widths.length - columns;
    if (left > 0) {
      text.append(more(left, "column")).append('\n');
    }
    if (shown.after() + shown.rows() > rows) {
      text.append(more(shown.after() + shown.rows() - rows, "row")).append('\n');
    }
    if (shown.unread()) {
      text.append("... the rest was not read\n");
    }
    return text.toString().stripTrailing();
  }

  private static String more(int count, String noun) {
    return String.format(Locale.ROOT, "... %,d more %s%s", count, noun, count == 1 ? "" : "s");
  }

  private static int[] widths(List<Column> columns) {
    return columns.stream()
        .mapToInt(column ->
            Math.max(
                length(column.name()),
                column.cells().stream()
                    .mapToInt(cell -> length(plain(cell.text())))
                    .max()
                    .orElse(0)))
        .toArray();
  }

  /** Consoles may lack the signs. */
  private static String plain(String text) {
    return text.equals("–") ? "-" : text.replace("… (", "... (");
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
