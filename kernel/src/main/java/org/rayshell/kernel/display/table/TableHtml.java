package org.rayshell.kernel.display.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rayshell.kernel.display.Html;

/** A table as a fragment: its further rows open without a script, and it is read without one. */
final class TableHtml {
  private final Shown shown;
  private final boolean sorts;
  private final String head;
  private int room;
  private int done;

  private TableHtml(Shown shown, boolean sorts) {
    this.shown = shown;
    this.sorts = sorts;
    StringBuilder heads = new StringBuilder();
    shown.columns().forEach(each -> heads.append(heading(each)));
    head = heads.toString();
    room = shown.most() - 2 * head.length() - SortByClick.CHARS;
  }

  private String heading(Column column) {
    String name = Html.escape(column.name());
    return sorts && !column.order().isEmpty()
        ? SortByClick.heading(Html.th(column.number(), SortByClick.button(name)), column)
        : Html.th(column.number(), name);
  }

  static String of(Shown shown) {
    return new TableHtml(shown, shown.rows() > 1).draw();
  }

  /** Without what sorts by a click. */
  static String still(Shown shown) {
    return new TableHtml(shown, false).draw();
  }

  private String draw() {
    String open = table(shown.open());
    int before = done;
    String further =
        before < shown.open() || before == shown.rows() ? "" : table(shown.rows() - before);
    int opened = done - before;
    int left = shown.rows() + shown.after() - done;
    StringBuilder html =
        new StringBuilder("<div style=\"overflow-x:auto\"")
            .append(sorts ? SortByClick.handlers(left > 0 || shown.unread()) : "")
            .append('>')
            .append(open);
    if (opened > 0) {
      html.append("<details><summary style=\"padding:3px 0\">")
          .append(count(opened, "more row"))
          .append("</summary>")
          .append(further)
          .append("</details>");
    }
    return Html.fragment(html + "</div>" + foot(left));
  }

  private String foot(int left) {
    List<String> parts = new ArrayList<>();
    if (left > 0) {
      parts.add("… " + count(left, "more row") + ": table(…).limit(n) shows n");
    }
    if (shown.unread()) {
      parts.add("the rest was not read: show it again for the next rows");
    }
    if (shown.columnsLeft() > 0) {
      parts.add("… " + count(shown.columnsLeft(), "more column"));
    }
    parts.add(shown.size());
    return "<div>" + Html.muted(Html.dots(parts)) + "</div>";
  }

  static String count(int count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }

  /** So many rows further, or as many as there is room for. */
  private String table(int rows) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      StringBuilder cells = new StringBuilder();
      for (Column each : shown.columns()) {
        cells.append(cell(each, done));
      }
      String row = Html.tr(cells.toString());
      if (row.length() > room && done > 0) {
        break;
      }
      room -= row.length();
      body.append(row);
      done++;
    }
    return "<table style=\"table-layout:auto;border-collapse:collapse;margin:0\"><thead"
        + " style=\"border-bottom:1px solid "
        + Html.LINE
        + "\"><tr style=\"background:none\">"
        + head
        + "</tr></thead><tbody>"
        + body
        + "</tbody></table>";
  }

  private static String cell(Column column, int row) {
    Column.Cell cell = column.cells().get(row);
    String text = Html.escape(cell.text());
    return Html.td(column.number(), cell.muted() ? Html.muted(text) : text);
  }
}
