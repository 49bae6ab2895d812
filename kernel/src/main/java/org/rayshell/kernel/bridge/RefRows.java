package org.rayshell.kernel.bridge;

import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;

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

  private static final Comparator<RefRow> IN_ORDER = Comparator.comparingInt(RefRow::index);
  private static final Comparator<RefRow> NEWEST =
      Comparator.comparingLong(RefRow::ended).reversed().thenComparing(IN_ORDER);
  private static final Comparator<RefRow> LONGEST =
      Comparator.comparingLong(RefRow::ran).reversed().thenComparing(IN_ORDER);

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
    Choice choice = new Choice(rows, states);
    String what = "";
    if (!last) {
      boolean finished = states.containsKey(Shown.FINISHED);
      choice.add(TROUBLE, IN_ORDER, FAILED_FIRST);
      choice.add(Set.of(Shown.RUNNING), IN_ORDER, RUNNING);
      choice.add(Set.of(Shown.QUEUED), IN_ORDER, finished ? NEXT_QUEUED : SOME);
      choice.fill(Set.of(Shown.FINISHED), NEWEST);
      choice.fill(Set.of(Shown.RUNNING), IN_ORDER);
    } else if (rows.size() <= OPENED) {
      choice.fill(TROUBLE, IN_ORDER);
      choice.fill(Set.of(Shown.FINISHED), LONGEST);
    } else {
      int failed = choice.add(TROUBLE, IN_ORDER, MOST_FAILED);
      int slowest = choice.add(RAN, LONGEST, SLOWEST);
      what = slowest == 0 ? "" : failed == 0 ? "the slowest" : "failed ones and the slowest others";
    }
    if (!last || what.isEmpty()) {
      choice.fill(EnumSet.allOf(Shown.class), NEWEST);
    }
    return choice.rows(what, last && rows.size() <= OPENED);
  }

  /** Rows that are being chosen. */
  private static final class Choice {
    private final List<RefRow> rows;
    private final Map<Shown, Integer> states;
    private final BitSet chosen = new BitSet();

    Choice(List<RefRow> rows, Map<Shown, Integer> states) {
      this.rows = rows;
      this.states = states;
    }

    /** Adds the first of those in these states, at most so many; tells how many there were. */
    int add(Set<Shown> which, Comparator<RefRow> order, int most) {
      if (Collections.disjoint(which, states.keySet())) {
        return 0;
      }
      // The last of those kept comes out first.
      PriorityQueue<RefRow> kept = new PriorityQueue<>(order.reversed());
      for (RefRow row : rows) {
        if (which.contains(row.shown()) && !chosen.get(row.index())) {
          if (kept.size() < most) {
            kept.add(row);
          } else if (order == IN_ORDER) {
            break;
          } else if (order.compare(row, kept.peek()) < 0) {
            kept.poll();
            kept.add(row);
          }
        }
      }
      kept.forEach(row -> chosen.set(row.index()));
      return kept.size();
    }

    /** Adds the first of those until there are ten. */
    void fill(Set<Shown> which, Comparator<RefRow> order) {
      if (chosen.cardinality() < SOME) {
        add(which, order, SOME - chosen.cardinality());
      }
    }

    RefRows rows(String what, boolean opened) {
      List<RefRow> shown = chosen.stream().mapToObj(rows::get).toList();
      Map<Shown, Integer> others = new EnumMap<>(states);
      shown.forEach(row -> others.computeIfPresent(row.shown(), (_, n) -> n == 1 ? null : n - 1));
      List<RefRow> hidden =
          opened ? rows.stream().filter(row -> !chosen.get(row.index())).toList() : List.of();
      return new RefRows(shown, others, hidden, what);
    }
  }

  /**
   * What is said of the hidden rows.
   *
   * @param cell whose tasks the dashboard is to show; null for all
   * @param room how many characters there are for the details
   */
  String rest(DashboardLink dashboard, String cell, UnaryOperator<RefRow> preview, int room) {
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
            : " &ensp;·&ensp; <a href=\""
                + Html.escape(dashboard.tasks(cell))
                + "\">all in the dashboard ↗</a>";
    if (!opened.isEmpty()) {
      return "<details><summary style=\"opacity:.68\">"
          + text
          + "</summary>"
          + details(preview, room)
          + "</details>"
          + (link.isEmpty() ? "" : "<div>" + link.substring(link.indexOf('<')) + "</div>");
    }
    String of = what.isEmpty() ? "" : "shown: " + what + " &ensp;·&ensp; ";
    return "<div>" + Html.muted(of + text) + link + "</div>";
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
