package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;
import org.rayshell.runtime.dashboard.DashboardLinks;

/**
 * Which rows of a list are shown, and what is said of the others; immutable.
 *
 * @param shown in the order of the list
 * @param others how many of the others are in which state
 * @param opened the others, where they may be opened: only where nothing changes any more
 * @param what says which are shown of a long list that is final; else empty
 */
record RefRows(List<RefRow> shown, Map<Shown, Integer> others, List<RefRow> opened, String what) {
  private static final int ALL = 20;
  private static final int SOME = 10;
  private static final int OPENED = 200;
  private static final int MOST_FAILED = 15;
  private static final int SLOWEST = 5;

  // Of ten rows: none of these may keep the others out.
  private static final int FAILED_FIRST = 5;
  private static final int RUNNING = 4;
  private static final int NEXT_QUEUED = 2;

  private static final Comparator<RefRow> NEWEST =
      Comparator.comparingLong(RefRow::ended).reversed().thenComparing(RefChoice.IN_ORDER);
  private static final Comparator<RefRow> LONGEST =
      Comparator.comparingLong(RefRow::ran).reversed().thenComparing(RefChoice.IN_ORDER);

  private static final Set<Shown> TROUBLE = EnumSet.of(Shown.FAILED, Shown.LOST, Shown.RETRYING);
  private static final Set<Shown> RAN = EnumSet.of(Shown.FINISHED, Shown.FAILED, Shown.CANCELLED);

  /**
   * Of all rows.
   *
   * @param states how many of them are in which
   * @param last whether they do not change any more
   */
  static RefRows choose(List<RefRow> rows, Map<Shown, Integer> states, boolean last) {
    if (rows.size() <= ALL) {
      return new RefRows(rows, Map.of(), List.of(), "");
    }
    RefChoice choice = new RefChoice(rows, states);
    String what = "";
    if (!last) {
      boolean finished = states.containsKey(Shown.FINISHED);
      choice.add(TROUBLE, RefChoice.IN_ORDER, FAILED_FIRST);
      choice.add(Set.of(Shown.RUNNING), RefChoice.IN_ORDER, RUNNING);
      choice.add(Set.of(Shown.QUEUED), RefChoice.IN_ORDER, finished ? NEXT_QUEUED : SOME);
      choice.fill(Set.of(Shown.FINISHED), NEWEST, SOME);
      choice.fill(Set.of(Shown.RUNNING), RefChoice.IN_ORDER, SOME);
    } else if (rows.size() <= OPENED) {
      choice.fill(TROUBLE, RefChoice.IN_ORDER, SOME);
      choice.fill(Set.of(Shown.FINISHED), LONGEST, SOME);
    } else {
      int failed = choice.add(TROUBLE, RefChoice.IN_ORDER, MOST_FAILED);
      int slowest = choice.add(RAN, LONGEST, SLOWEST);
      what = slowest == 0 ? "" : failed == 0 ? "the slowest" : "failed ones and the slowest others";
    }
    if (!last || what.isEmpty()) {
      choice.fill(EnumSet.allOf(Shown.class), NEWEST, SOME);
    }
    List<RefRow> opened = last && rows.size() <= OPENED ? choice.others() : List.of();
    return new RefRows(choice.rows(), choice.otherStates(), opened, what);
  }

  /**
   * What is said of the hidden rows.
   *
   * @param cell whose tasks the dashboard is to show; null for all
   * @param room how many characters there are for the details
   */
  String rest(DashboardLinks dashboard, String cell, UnaryOperator<RefRow> preview, int room) {
    if (others.isEmpty()) {
      return "";
    }
    String text =
        Amounts.count(others.values().stream().mapToInt(Integer::intValue).sum())
            + (opened.isEmpty() ? " more not shown: " : " more: ")
            + others.entrySet().stream()
                .map(each -> Amounts.count(each.getValue()) + " " + each.getKey().word)
                .collect(Collectors.joining(", "));
    String link =
        dashboard == null
            ? ""
            : Html.link(
                "",
                cell == null ? dashboard.tasks() : dashboard.cell(cell),
                "all in the dashboard ↗");
    if (!opened.isEmpty()) {
      return "<details><summary style=\"opacity:.68\">"
          + text
          + "</summary>"
          + details(preview, room)
          + "</details><div>"
          + link
          + "</div>";
    }
    List<String> parts = new ArrayList<>();
    if (!what.isEmpty()) {
      parts.add(Html.muted("shown: " + what));
    }
    parts.add(Html.muted(text));
    if (!link.isEmpty()) {
      parts.add(link);
    }
    return "<div>" + Html.dots(parts) + "</div>";
  }

  private String details(UnaryOperator<RefRow> preview, int room) {
    StringBuilder lines = new StringBuilder();
    int told = 0;
    for (RefRow each : opened) {
      if (lines.length() > room) {
        break;
      }
      lines.append(line(preview.apply(each)));
      told++;
    }
    String more =
        told < opened.size() ? Html.muted(opened.size() - told + " more in the dashboard") : "";
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
