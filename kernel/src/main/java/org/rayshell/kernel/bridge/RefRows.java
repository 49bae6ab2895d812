package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.rayshell.kernel.bridge.RefFragment.Row;
import org.rayshell.kernel.display.Html;
import org.rayshell.runtime.view.TaskInfo;

/**
 * Which rows of a list are shown, and what is said of the others; immutable.
 *
 * @param shown in the order of the list
 * @param hidden the others
 * @param last whether the list does not change any more: only then may something be opened
 */
record RefRows(List<Row> shown, List<Row> hidden, boolean last) {
  private static final int ALL = 20;
  private static final int SOME = 10;
  private static final int OPENED = 200;
  private static final int DETAIL_CHARS = 12_000;
  private static final int NEXT_QUEUED = 2;
  private static final int FINISHED_BESIDE = 4;

  static RefRows choose(List<Row> rows, boolean last) {
    if (rows.size() <= ALL) {
      return new RefRows(rows, List.of(), last);
    }
    Set<Row> chosen = new LinkedHashSet<>();
    add(chosen, rows, Comparator.comparingInt(Row::index), SOME, Shown.FAILED, Shown.RETRYING);
    if (last) {
      add(chosen, rows, Comparator.comparingLong(RefRows::ran).reversed(), SOME, Shown.FINISHED);
    }
    add(chosen, rows, Comparator.comparingInt(Row::index), SOME, Shown.RUNNING);
    Comparator<Row> newest = Comparator.comparingLong(RefRows::ended).reversed();
    int queued = rows.stream().anyMatch(row -> row.shown() == Shown.QUEUED) ? NEXT_QUEUED : 0;
    add(chosen, rows, newest, Math.max(FINISHED_BESIDE, SOME - queued), Shown.FINISHED);
    add(chosen, rows, Comparator.comparingInt(Row::index), SOME, Shown.QUEUED);
    add(chosen, rows, newest, SOME, Shown.values());
    List<Row> shown = rows.stream().filter(chosen::contains).toList();
    return new RefRows(shown, rows.stream().filter(row -> !chosen.contains(row)).toList(), last);
  }

  private static void add(
      Set<Row> chosen, List<Row> rows, Comparator<Row> order, int upTo, Shown... states) {
    if (chosen.size() < upTo) {
      rows.stream()
          .filter(row -> List.of(states).contains(row.shown()) && !chosen.contains(row))
          .sorted(order)
          .limit(upTo - chosen.size())
          .forEach(chosen::add);
    }
  }

  private static long ran(Row row) {
    TaskInfo task = row.task();
    return task == null || task.ended() == 0 ? 0 : task.ranNs(task.ended());
  }

  private static long ended(Row row) {
    return row.task() == null ? 0 : row.task().ended();
  }

  /** What is said of the hidden rows; they can be opened if the list is short and final. */
  String rest(String dashboard, long now) {
    if (hidden.isEmpty()) {
      return "";
    }
    Map<Shown, Long> counts =
        hidden.stream()
            .collect(Collectors.groupingBy(Row::shown, TreeMap::new, Collectors.counting()));
    String text =
        hidden.size()
            + " more not shown: "
            + counts.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey().word)
                .collect(Collectors.joining(", "));
    String link =
        dashboard == null
            ? ""
            : " &ensp;·&ensp; <a href=\""
                + Html.escape(dashboard)
                + "\">all in the dashboard ↗</a>";
    if (!last || hidden.size() + shown.size() > OPENED) {
      return "<div>" + Html.muted(text) + link + "</div>";
    }
    return "<details><summary style=\"opacity:.68\">"
        + text.replace(" not shown", "")
        + "</summary>"
        + opened(now)
        + "</details>";
  }

  private String opened(long now) {
    List<String> lines = new ArrayList<>();
    int chars = 0;
    for (Row each : hidden) {
      String line = RefTable.brief(each, now);
      chars += line.length();
      if (chars > DETAIL_CHARS) {
        lines.add("… " + (hidden.size() - lines.size()) + " more");
        break;
      }
      lines.add(line);
    }
    return "<div>" + String.join("<br>", lines) + "</div>";
  }
}
