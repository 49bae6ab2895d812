package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;

/**
 * Which rows of a list are shown, and what is said of the others; immutable.
 *
 * @param shown in the order of the list
 * @param hidden the others
 * @param what says which are shown of a long list that is final; else empty
 * @param opened whether the others may be opened: only where nothing changes any more
 */
record RefRows(List<RefRow> shown, List<RefRow> hidden, String what, boolean opened) {
  private static final int ALL = 20;
  private static final int SOME = 10;
  private static final int OPENED = 200;
  private static final int DETAIL_CHARS = 20_000;
  private static final int MOST_FAILED = 15;
  private static final int SLOWEST = 5;

  // Of ten rows: none of these may keep the others out.
  private static final int FAILED_FIRST = 5;
  private static final int RUNNING = 4;
  private static final int NEXT_QUEUED = 2;

  private static final Comparator<RefRow> IN_ORDER = Comparator.comparingInt(RefRow::index);
  private static final Comparator<RefRow> NEWEST =
      Comparator.comparingLong(RefRow::ended).reversed().thenComparing(IN_ORDER);
  private static final Comparator<RefRow> LONGEST =
      Comparator.comparingLong(RefRow::ran).reversed().thenComparing(IN_ORDER);

  /**
   * Of all rows.
   *
   * @param last whether they do not change any more
   */
  static RefRows choose(List<RefRow> rows, boolean last) {
    if (rows.size() <= ALL) {
      return new RefRows(rows, List.of(), "", false);
    }
    Choice choice = new Choice(rows);
    String what = "";
    if (!last) {
      boolean finished = rows.stream().anyMatch(row -> row.shown() == Shown.FINISHED);
      choice.add(RefRows::isTrouble, IN_ORDER, FAILED_FIRST);
      choice.add(row -> row.shown() == Shown.RUNNING, IN_ORDER, RUNNING);
      choice.add(row -> row.shown() == Shown.QUEUED, IN_ORDER, finished ? NEXT_QUEUED : SOME);
      choice.fill(row -> row.shown() == Shown.FINISHED, NEWEST);
      choice.fill(row -> row.shown() == Shown.RUNNING, IN_ORDER);
    } else if (rows.size() <= OPENED) {
      choice.fill(RefRows::isTrouble, IN_ORDER);
      choice.fill(row -> row.shown() == Shown.FINISHED, LONGEST);
    } else {
      int failed = choice.add(RefRows::isTrouble, IN_ORDER, MOST_FAILED);
      int slowest = choice.add(row -> row.ran() > 0, LONGEST, SLOWEST);
      what = slowest == 0 ? "" : failed == 0 ? "the slowest" : "failed ones and the slowest others";
    }
    if (!last || what.isEmpty()) {
      choice.fill(_ -> true, NEWEST);
    }
    return choice.rows(what, last && rows.size() <= OPENED);
  }

  private static boolean isTrouble(RefRow row) {
    return row.shown().isFailure() || row.shown() == Shown.RETRYING;
  }

  /** Rows that are being chosen. */
  private static final class Choice {
    private final List<RefRow> rows;
    private final boolean[] chosen;
    private int count;

    Choice(List<RefRow> rows) {
      this.rows = rows;
      this.chosen = new boolean[rows.size()];
    }

    /** Adds the first of those, at most so many; tells how many there were. */
    int add(Predicate<RefRow> which, Comparator<RefRow> order, int most) {
      // The last of those kept comes out first.
      PriorityQueue<RefRow> kept = new PriorityQueue<>(order.reversed());
      for (RefRow row : rows) {
        if (!chosen[row.index()] && which.test(row)) {
          if (kept.size() < most) {
            kept.add(row);
          } else if (order.compare(row, kept.peek()) < 0) {
            kept.poll();
            kept.add(row);
          }
        }
      }
      kept.forEach(row -> chosen[row.index()] = true);
      count += kept.size();
      return kept.size();
    }

    /** Adds the first of those until there are ten. */
    void fill(Predicate<RefRow> which, Comparator<RefRow> order) {
      if (count < SOME) {
        add(which, order, SOME - count);
      }
    }

    RefRows rows(String what, boolean opened) {
      List<RefRow> shown = new ArrayList<>(count);
      List<RefRow> hidden = new ArrayList<>(rows.size() - count);
      rows.forEach(row -> (chosen[row.index()] ? shown : hidden).add(row));
      return new RefRows(shown, hidden, what, opened);
    }
  }

  /**
   * What is said of the hidden rows.
   *
   * @param cell whose tasks the dashboard is to show; null for all
   */
  String rest(DashboardLink dashboard, String cell, UnaryOperator<RefRow> preview) {
    if (hidden.isEmpty()) {
      return "";
    }
    Map<Shown, Integer> counts = new EnumMap<>(Shown.class);
    hidden.forEach(row -> counts.merge(row.shown(), 1, Integer::sum));
    String text =
        Amounts.count(hidden.size())
            + (opened ? " more: " : " more not shown: ")
            + counts.entrySet().stream()
                .map(each -> Amounts.count(each.getValue()) + " " + each.getKey().word)
                .collect(Collectors.joining(", "));
    String link =
        dashboard == null
            ? ""
            : " &ensp;·&ensp; <a href=\""
                + Html.escape(dashboard.tasks(cell))
                + "\">all in the dashboard ↗</a>";
    if (opened) {
      return "<details><summary style=\"opacity:.68\">"
          + text
          + "</summary>"
          + details(preview)
          + "</details>"
          + (link.isEmpty() ? "" : "<div>" + link.substring(link.indexOf('<')) + "</div>");
    }
    String of = what.isEmpty() ? "" : "shown: " + what + " &ensp;·&ensp; ";
    return "<div>" + Html.muted(of + text) + link + "</div>";
  }

  private String details(UnaryOperator<RefRow> preview) {
    StringBuilder lines = new StringBuilder();
    int told = 0;
    for (RefRow each : hidden) {
      if (lines.length() > DETAIL_CHARS) {
        break;
      }
      lines.append(line(preview.apply(each)));
      told++;
    }
    String more =
        told < hidden.size() ? Html.muted(hidden.size() - told + " more in the dashboard") : "";
    return "<table style=\"border-collapse:collapse;margin:0\"><tbody>"
        + lines
        + "</tbody></table>"
        + more;
  }

  /** A row in little more than words: there may be many. */
  private static String line(RefRow row) {
    String text = row.error() != null ? row.error() : row.info().preview();
    return "<tr><td>"
        + Html.escape(Html.cut(row.key()))
        + "</td><td>"
        + row.brief()
        + "</td><td>"
        + row.shown().glyph
        + " "
        + row.shown().word
        + "</td><td>"
        + (row.ran() == 0 ? "–" : Amounts.duration(row.ran()))
        + "</td><td>"
        + (text == null ? "" : Html.escape(Html.cut(text)))
        + "</td></tr>";
  }
}
