package org.rayshell.kernel.bridge;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.rayshell.kernel.bridge.RefFragment.Row;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskInfo;

/** A list of refs as HTML, at one moment. */
final class RefHtml {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final int ESTIMATED_FROM = 3;
  private static final int RATE_FROM = 50;
  private static final long ESTIMATED_AFTER_NS = 1_000_000_000L;

  private final List<Row> rows;
  private final ClusterView view;
  private final boolean ended;
  private final long now;
  private final Map<Shown, Integer> counts = new EnumMap<>(Shown.class);
  private final List<TaskInfo> tasks = new ArrayList<>();
  private final boolean done;

  /**
   * @param ended whether nothing will change although not all is final
   */
  RefHtml(List<Row> rows, ClusterView view, boolean ended) {
    this.rows = rows;
    this.view = view;
    this.ended = ended;
    this.now = view.now();
    for (Row each : rows) {
      counts.merge(each.shown(), 1, Integer::sum);
      each.info().task().ifPresent(tasks::add);
    }
    this.done = rows.stream().allMatch(row -> row.shown().isFinal());
  }

  /** One ref in one line. */
  static String single(Row row, long now, boolean ended) {
    List<String> parts = new ArrayList<>();
    parts.add(
        "<b>ObjectRef</b> &ensp; <code style=\"background:none;padding:0\">"
            + brief(row)
            + "</code>");
    TaskInfo task = row.task();
    if (task == null) {
      parts.add(row.shown().html());
      if (row.info().stored()) {
        parts.add(Amounts.bytes(row.info().bytes()));
      }
    } else {
      parts.add(Html.escape(Html.cut(task.function())));
      parts.add(row.shown().html());
      parts.addAll(timing(row, task, now));
    }
    if (row.info().preview() != null) {
      parts.add(Html.code(row.info().preview()));
    }
    if (task != null && task.error() != null) {
      parts.add(error(task));
    }
    if (ended && !row.shown().isFinal()) {
      parts.add(Html.muted("not finished when Ray stopped"));
    }
    return Html.fragment(Html.dots(parts));
  }

  private static List<String> timing(Row row, TaskInfo task, long now) {
    String queued = Amounts.duration(task.queuedNs(now));
    if (task.started() == 0) {
      return List.of((row.shown().isFinal() ? "queued " : "for ") + queued);
    }
    String worker = "worker " + task.workerPid();
    String ran = Amounts.duration(task.ranNs(now));
    return row.shown().isFinal()
        ? List.of(worker, "queued " + queued, "ran " + ran, "CPU " + Amounts.duration(task.cpuNs()))
        : List.of(worker, "running for " + ran + " after " + queued + " in the queue");
  }

  private static String brief(Row row) {
    return row.id().substring(0, Math.min(8, row.id().length()));
  }

  static String error(TaskInfo task) {
    return "<span style=\"color:"
        + Shown.of(task).colour
        + "\">"
        + Html.escape(Html.cut(task.error()))
        + "</span>";
  }

  /** The list. */
  String list() {
    RefRows chosen = RefRows.choose(rows, done || ended);
    StringBuilder html = new StringBuilder();
    html.append(Html.head("<b>" + title() + "</b> &ensp; " + states(), clock()));
    html.append(StateBar.html(counts, rows.size()));
    String summary = summary();
    if (!summary.isEmpty()) {
      html.append("<div style=\"opacity:.68;margin:0 0 4px 0\">").append(summary).append("</div>");
    }
    RefTable table = new RefTable(chosen.shown(), now);
    html.append(table.html());
    html.append(chosen.rest(view.dashboardUrl().orElse(null), now));
    return Html.fragment(html.toString());
  }

  private String title() {
    Map<String, Integer> functions = new LinkedHashMap<>();
    int stored = 0;
    for (Row each : rows) {
      if (each.task() == null) {
        stored++;
      } else {
        functions.merge(each.task().function(), 1, Integer::sum);
      }
    }
    if (stored > 0) {
      functions.put("object", stored);
    }
    if (functions.size() == 1) {
      return rows.size() + " × " + Html.escape(Html.cut(functions.keySet().iterator().next()));
    }
    List<String> parts =
        functions.entrySet().stream()
            .limit(4)
            .map(each -> each.getValue() + " × " + Html.escape(Html.cut(each.getKey())))
            .toList();
    return rows.size()
        + (stored > 0 ? " objects: " : " tasks: ")
        + String.join(", ", parts)
        + (functions.size() > 4 ? ", …" : "");
  }

  private String states() {
    List<String> parts = new ArrayList<>();
    counts.forEach((shown, count) -> parts.add(shown.html(count)));
    return String.join(" &ensp; ", parts);
  }

  private String clock() {
    if (ended && !done) {
      long open = rows.stream().filter(row -> !row.shown().isFinal()).count();
      return open + " not finished when Ray stopped";
    }
    long last = tasks.stream().mapToLong(TaskInfo::ended).max().orElse(0);
    return done && last != 0 ? "finished " + time(last) : done ? "" : "as of " + time(now);
  }

  static String time(long epochNanos) {
    return Instant.ofEpochSecond(0, epochNanos).atZone(ZoneId.systemDefault()).format(CLOCK);
  }

  private String summary() {
    if (tasks.isEmpty()) {
      return "";
    }
    long first = tasks.stream().mapToLong(TaskInfo::submitted).min().orElse(now);
    long last = done ? tasks.stream().mapToLong(TaskInfo::ended).max().orElse(now) : now;
    long[] runs =
        tasks.stream()
            .filter(t -> t.ended() != 0 && t.started() != 0)
            .mapToLong(t -> t.ranNs(now))
            .sorted()
            .toArray();
    long ran = tasks.stream().mapToLong(t -> t.ranNs(now)).sum();
    long cpu = tasks.stream().mapToLong(TaskInfo::cpuNs).sum();
    TreeSet<Long> workers = new TreeSet<>();
    tasks.stream().filter(t -> t.workerPid() != 0).forEach(t -> workers.add(t.workerPid()));
    List<String> parts = new ArrayList<>();
    parts.add(
        Amounts.duration(last - first)
            + " since the first call"
            + left(runs, first, workers.size()));
    if (runs.length > 0) {
      parts.add("median run " + Amounts.duration(runs[runs.length / 2]));
    }
    if (runs.length >= RATE_FROM && last > first) {
      parts.add(Math.round(runs.length * 1e9 / (last - first)) + "/s");
    }
    if (ran > 0) {
      parts.add(
          "all runs "
              + Amounts.duration(ran)
              + ", of it CPU "
              + Amounts.duration(cpu)
              + " ("
              + Amounts.percent(cpu, ran)
              + ")");
    }
    if (!workers.isEmpty()) {
      parts.add(workers.size() + (workers.size() == 1 ? " worker" : " workers"));
    }
    return Html.dots(parts);
  }

  /** {@code , about 1.1 s left}, once it can be told. */
  private String left(long[] runs, long first, int workers) {
    if (done || ended || runs.length < ESTIMATED_FROM || now - first < ESTIMATED_AFTER_NS) {
      return "";
    }
    long median = runs[runs.length / 2];
    double open = 0;
    for (Row each : rows) {
      if (!each.shown().isFinal()) {
        TaskInfo task = each.task();
        double ran = task == null ? 0 : task.ranNs(now);
        open += Math.max(0, median - ran);
      }
    }
    return ", about " + Amounts.duration((long) (open / Math.max(1, workers))) + " left";
  }
}
