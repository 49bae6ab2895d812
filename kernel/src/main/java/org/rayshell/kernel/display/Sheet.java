package org.rayshell.kernel.display;

import java.util.ArrayList;
import java.util.List;

/** A table that is shown as HTML and as text. For one thread. */
public final class Sheet {
  /** A fragment has 40 kB at most; some is for what is around the table. */
  private static final int MOST_CHARS = 34_000;

  /** So much room sentences get at least. */
  public static final int WORDS_PX = 190;

  private enum Kind {
    TEXT,
    WORDS,
    NUMBER
  }

  private record Column(String head, Kind kind) {
    boolean isNumber() {
      return kind == Kind.NUMBER;
    }

    String cell(String html) {
      return kind == Kind.WORDS ? Html.words(WORDS_PX, html) : Html.td(isNumber(), html);
    }
  }

  /** What stands in a cell. */
  public record Field(String text, String html) {}

  /** For what there is none of. */
  public static final Field NONE = new Field("-", "–");

  private final List<Column> columns = new ArrayList<>();
  private final List<List<Field>> rows = new ArrayList<>();

  /** A column of names more, each in one line. */
  public Sheet text(String head) {
    columns.add(new Column(head, Kind.TEXT));
    return this;
  }

  /** The last column, of sentences: in several lines where there is little room. */
  public Sheet words(String head) {
    columns.add(new Column(head, Kind.WORDS));
    return this;
  }

  /** A column of figures more. */
  public Sheet number(String head) {
    columns.add(new Column(head, Kind.NUMBER));
    return this;
  }

  /** Plain text. */
  public static Field of(String text) {
    return new Field(text, Html.escape(text));
  }

  /** A name or an id. */
  public static Field code(String text) {
    return new Field(
        text,
        "<code style=\"background:none;padding:0;white-space:nowrap\">"
            + Html.escape(text)
            + "</code>");
  }

  /** A row more, which has a field for each column. */
  public void row(Field... fields) {
    if (fields.length != columns.size()) {
      throw new IllegalArgumentException(
          "a row has a field for each column: fields=" + fields.length);
    }
    rows.add(List.of(fields));
  }

  /** How many rows it has. */
  public int size() {
    return rows.size();
  }

  private boolean hasHead() {
    return columns.stream().anyMatch(each -> !each.head.isEmpty());
  }

  /** As HTML, of 40 kB at most: then the last line says how many rows are left out. */
  public String html() {
    StringBuilder head = new StringBuilder();
    if (hasHead()) {
      columns.forEach(each -> head.append(Html.th(each.isNumber(), Html.escape(each.head))));
    }
    StringBuilder body = new StringBuilder();
    int shown = 0;
    for (List<Field> row : rows) {
      StringBuilder cells = new StringBuilder();
      for (int i = 0; i < columns.size(); i++) {
        cells.append(columns.get(i).cell(row.get(i).html));
      }
      if (head.length() + body.length() + cells.length() > MOST_CHARS) {
        break;
      }
      body.append(Html.tr(cells.toString()));
      shown++;
    }
    return Html.table(head.toString(), body.toString())
        + (shown == rows.size()
            ? ""
            : "<div>" + (rows.size() - shown) + " more rows do not fit here</div>");
  }

  /** As text in columns. */
  public String text() {
    List<List<String>> lines = new ArrayList<>();
    if (hasHead()) {
      lines.add(columns.stream().map(Column::head).toList());
    }
    rows.forEach(row -> lines.add(row.stream().map(Field::text).toList()));
    int[] widths = new int[columns.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String pad = " ".repeat(widths[i] - line.get(i).length());
        row.append(columns.get(i).isNumber() ? pad + line.get(i) : line.get(i) + pad).append("  ");
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString().stripTrailing();
  }
}
