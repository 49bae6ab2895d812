package org.rayshell.kernel.bridge;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;
import org.rayshell.runtime.dashboard.DashboardLinks;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.Loss;
import org.rayshell.runtime.view.TaskInfo;

/** Refs as HTML, at one moment. */
final class RefHtml {
  /** Why nothing will change although not all is final. */
  enum End {
    /** It may change. */
    NOT_YET,
    /** Ray was shut down. */
    SESSION,
    /** The kernel ends. */
    KERNEL
  }

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final int RATE_ABOVE = 50;
  private static final double LARGE_BYTES = 10_000;
  private static final int FUNCTIONS = 4;
  private static final int TITLE_CHARS = 160;

  /** What front ends draw four times a second without falling behind, and a little less. */
  private static final int MOST_CHARS = 37_000;

  private final RefList refs;
  private final List<RefRow> rows;
  private final End end;
  private final UnaryOperator<RefRow> preview;
  private final DashboardLinks dashboard;
  private final long now;
  private final RefFigures figures;
  private final boolean done;

  /**
   * Of those rows.
   *
   * @param preview asked for the rows that are drawn: the same with a preview of the value
   */
  RefHtml(
      RefList refs, List<RefRow> rows, ClusterView view, End end, UnaryOperator<RefRow> preview) {
    this.refs = refs;
    this.rows = rows;
    this.end = end;
    this.preview = preview;
    this.dashboard = view.dashboardUrl().map(DashboardLinks::of).orElse(null);
    this.now = view.now();
    this.figures = new RefFigures(rows, now);
    this.done = figures.open() == 0;
  }

  /**
   * One ref in one line.
   *
   * @param more what else is said of it; may be empty
   */
  String single(String more) {
    RefRow row = preview.apply(rows.getFirst());
    List<String> parts = new ArrayList<>();
    parts.add("<b>" + refs.name() + "</b> &ensp; " + object(row, dashboard));
    TaskInfo task = row.task();
    if (task != null) {
      parts.add(Html.escape(Html.cut(task.function())));
    }
    parts.add(row.shown().html());
    if (task != null) {
      parts.addAll(timing(row, task));
    }
    if (!more.isEmpty()) {
      parts.add(more);
    }
    String result = result(row);
    // The value of a task that has said more is no news, but its failure is.
    if (!result.isEmpty() && (more.isEmpty() || row.error() != null)) {
      parts.add(result);
    }
    String stopped = stopped();
    if (!stopped.isEmpty() && row.shown() != Shown.STOPPED) {
      parts.add(Html.muted("not finished " + stopped));
    }
    return Html.fragment(Html.dots(parts));
  }

  private List<String> timing(RefRow row, TaskInfo task) {
    String queued = Amounts.duration(task.queuedNs(now));
    List<String> parts = new ArrayList<>();
    if (task.attempt() > 1) {
      parts.add("attempt " + task.attempt());
    }
    if (task.started() == 0) {
      parts.add((row.shown().isFinal() ? "queued " : "for ") + queued);
      return parts;
    }
    parts.add("worker " + task.workerPid());
    String ran = Amounts.duration(task.ranNs(now));
    if (row.shown().isFinal()) {
      parts.addAll(List.of("queued " + queued, "ran " + ran));
      if (RefTable.hasCpu(task)) {
        parts.add("CPU " + Amounts.duration(task.cpuNs()));
      }
    } else {
      parts.add("running for " + ran + " after " + queued + " in the queue");
    }
    return parts;
  }

  /** The first digits of the id, which lead to the task's page. */
  static String object(RefRow row, DashboardLinks dashboard) {
    return task(row.task(), row.brief(), dashboard);
  }

  /** The first digits of an id, which lead to the task's page if there are both. */
  static String task(TaskInfo task, String brief, DashboardLinks dashboard) {
    if (dashboard == null || task == null) {
      return "<code style=\"background:none;padding:0\">" + brief + "</code>";
    }
    // Not as code, whose colour is not that of links.
    return Html.link("font-family:monospace;", dashboard.task(task.taskId()), brief);
  }

  /** What went wrong, on the tint of failures; what somebody wanted so is muted. */
  static String error(TaskInfo task) {
    return error(Shown.of(task), task.error());
  }

  static String error(Shown shown, String text) {
    String whole = Html.escape(Html.cut(text, TITLE_CHARS));
    String brief = Html.escape(Html.cut(text));
    // Of twenty rows each has only so much room.
    boolean titled = !brief.equals(whole) && whole.length() <= TITLE_CHARS * 3 / 2;
    String title = titled ? whole : "";
    return shown.isFailure() ? Html.failure(brief, title) : Html.muted(brief, title);
  }

  /** The value, or why there is none; empty if that is not known yet. */
  static String result(RefRow row) {
    if (row.error() != null) {
      return error(row.shown(), row.error());
    }
    if (row.info().loss() == Loss.FREED) {
      return Html.muted("let go by Ray.free");
    }
    double bytes = row.info().bytes();
    boolean put = row.task() == null;
    String size = bytes > LARGE_BYTES || put && bytes > 0 ? Amounts.bytes(bytes) : "";
    return row.info().preview() == null
        ? Html.muted(size)
        : Html.code(row.info().preview()) + (size.isEmpty() ? "" : " " + Html.muted(size));
  }

  /** The list. */
  String list() {
    RefRows chosen = RefRows.choose(rows, figures.states(), done || end != End.NOT_YET);
    List<RefRow> shown = chosen.shown().stream().map(preview).toList();
    StringBuilder html = new StringBuilder();
    html.append(Html.head("<b>" + title() + "</b> &ensp; " + states(), clock()));
    html.append(StateBar.html(figures.states(), rows.size()));
    if (figures.tasks() > 0) {
      html.append("<div style=\"opacity:.68;margin:0 0 4px 0\">")
          .append(summary())
          .append("</div>");
    }
    html.append(new RefTable(refs, shown, chosen.others().isEmpty(), figures, now).html(dashboard));
    html.append(chosen.rest(dashboard, figures.cell(), preview, MOST_CHARS - html.length()));
    return Html.fragment(html.toString());
  }

  private String title() {
    Map<String, Integer> functions = figures.functions();
    if (functions.size() == 1) {
      return times(functions.entrySet().iterator().next());
    }
    List<String> parts =
        functions.entrySet().stream().limit(FUNCTIONS).map(RefHtml::times).toList();
    return Amounts.count(rows.size())
        + (figures.tasks() < rows.size() ? " objects: " : " tasks: ")
        + String.join(", ", parts)
        + (functions.size() > FUNCTIONS ? ", …" : "");
  }

  private static String times(Map.Entry<String, Integer> function) {
    return Amounts.count(function.getValue()) + " × " + Html.escape(Html.cut(function.getKey()));
  }

  private String states() {
    List<String> parts = new ArrayList<>();
    figures.states().forEach((shown, count) -> parts.add(shown.html(count)));
    return String.join(" &ensp; ", parts);
  }

  /** {@code when Ray stopped}, of what will not be finished; empty if all is or may yet be. */
  private String stopped() {
    boolean left = figures.states().containsKey(Shown.STOPPED);
    return done && !left
        ? ""
        : end == End.KERNEL
            ? "when the kernel stopped"
            : end == End.SESSION || left ? "when Ray stopped" : "";
  }

  private String clock() {
    String stopped = stopped();
    if (!stopped.isEmpty()) {
      int open = figures.open() + figures.states().getOrDefault(Shown.STOPPED, 0);
      return Amounts.count(open) + " not finished " + stopped;
    }
    if (!done) {
      return "as of " + time(now);
    }
    return figures.lastEnd() == 0 ? "" : "finished " + time(figures.lastEnd());
  }

  static String time(long epochNanos) {
    return Instant.ofEpochSecond(0, epochNanos).atZone(ZoneId.systemDefault()).format(CLOCK);
  }

  private String summary() {
    long left = end == End.NOT_YET ? figures.left(rows) : 0;
    List<String> parts = new ArrayList<>();
    parts.add(
        Amounts.duration(figures.span())
            + " since the first call"
            + (left > 0 ? ", about " + Amounts.duration(left) + " left" : ""));
    if (figures.runs() > 0) {
      parts.add("median run " + Amounts.duration(figures.medianRun()));
    }
    if (figures.runs() > RATE_ABOVE && figures.span() > 0) {
      parts.add(rate(figures.runs() * 1e9 / figures.span()));
    }
    if (figures.ran() > 0) {
      parts.add(
          "all runs "
              + Amounts.duration(figures.ran())
              + ", of it CPU "
              + Amounts.duration(figures.cpu())
              + " ("
              + Amounts.percent(figures.cpu(), figures.ran())
              + ")");
    }
    if (figures.workers() > 0) {
      parts.add(figures.workers() + (figures.workers() == 1 ? " worker" : " workers"));
    }
    return Html.dots(parts);
  }

  private static String rate(double perSecond) {
    return (perSecond < 10
            ? String.format(Locale.ROOT, "%.1f", perSecond)
            : Amounts.count(Math.rint(perSecond)))
        + "/s";
  }
}
