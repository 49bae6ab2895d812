package org.rayshell.kernel.bridge;

import java.util.List;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.display.Sheet;
import org.rayshell.runtime.dashboard.DashboardLinks;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskState;

/** Rows of refs with bars on a common axis of time. */
final class RefTable {
  private final RefList refs;
  private final List<RefRow> rows;
  private final RefFigures figures;
  private final long now;
  private final long from;
  private final long to;
  private final boolean failures;

  /**
   * Of those rows.
   *
   * @param all whether there are no others; else the axis is that of the runs that are shown
   * @param figures of the whole list
   */
  RefTable(RefList refs, List<RefRow> rows, boolean all, RefFigures figures, long now) {
    this.refs = refs;
    this.rows = rows;
    this.figures = figures;
    this.now = now;
    List<TaskInfo> tasks = rows.stream().filter(r -> r.task() != null).map(RefRow::task).toList();
    long end = tasks.stream().mapToLong(this::end).max().orElse(now);
    long start =
        tasks.stream().filter(t -> t.started() != 0).mapToLong(TaskInfo::started).min().orElse(0);
    // What was queued before the first run begins left of the picture.
    this.from =
        all || start == 0
            ? figures.firstCall()
            : Math.max(figures.firstCall(), start - (end - start) / 20);
    this.to = Math.max(end, from + 1);
    this.failures = rows.stream().anyMatch(row -> row.error() != null);
  }

  private long end(TaskInfo task) {
    return task.ended() == 0 ? now : task.ended();
  }

  String html(DashboardLinks dashboard) {
    boolean tasks = figures.tasks() > 0;
    String axis =
        "<span style=\"display:flex;justify-content:space-between;font-weight:400;opacity:.68\"><span>"
            + (from == figures.firstCall() ? "0 s" : Amounts.duration(from - figures.firstCall()))
            + " </span><span>"
            + Amounts.duration(to - figures.firstCall())
            + "</span></span>";
    String head =
        Html.th(refs.isNumbered(), refs.keyName())
            + Html.th(false, "object")
            + Html.th(false, "state")
            + (tasks
                ? Html.th(true, "worker")
                    + Html.th(true, "queued")
                    + Html.th(true, "ran")
                    + Html.th(true, "CPU")
                    + Html.th(false, axis)
                : "")
            + Html.th(false, "result");
    StringBuilder body = new StringBuilder();
    rows.forEach(row -> body.append(row(row, tasks, dashboard)));
    return Html.table(head, body.toString());
  }

  private String row(RefRow row, boolean tasks, DashboardLinks dashboard) {
    TaskInfo task = row.task();
    String cells =
        key(row.key())
            + Html.td(false, RefHtml.object(row, dashboard))
            + Html.td(false, row.shown().html() + tries(task));
    if (tasks) {
      boolean began = task != null && task.started() != 0;
      cells +=
          Html.td(true, began ? String.valueOf(task.workerPid()) : "–")
              + Html.td(true, task == null ? "–" : Amounts.duration(task.queuedNs(now)))
              + Html.td(true, began ? Amounts.duration(task.ranNs(now)) : "–")
              + Html.td(true, began && hasCpu(task) ? Amounts.duration(task.cpuNs()) : "–")
              + "<td style=\"width:"
              // What went wrong needs room more than the picture does.
              + (failures ? 19 : 30)
              + "%;min-width:94px;padding:3px 14px 3px 0\">"
              + (task == null ? "" : bar(row, task))
              + "</td>";
    }
    return Html.tr(
        cells + Html.words(row.error() == null ? 0 : Sheet.WORDS_PX, RefHtml.result(row)));
  }

  /** Keys of maps may be long: they, too, take several lines where there is little room. */
  private String key(String key) {
    String html = Html.muted(Html.escape(Html.cut(key)));
    return refs.isNumbered()
        ? Html.td(true, html)
        : "<td style=\"text-align:left;padding:3px 10px 3px 0;min-width:74px\">" + html + "</td>";
  }

  /** Whether the worker has told of it: not yet, or never if it was killed before. */
  static boolean hasCpu(TaskInfo task) {
    return task.cpuNs() > 0 || task.state() == TaskState.FINISHED;
  }

  private static String tries(TaskInfo task) {
    return task == null || task.attempt() == 1 ? "" : " " + Html.muted("try " + task.attempt());
  }

  /** Length is time, filled height is the CPU's share of it; a thin line is the queue. */
  private String bar(RefRow row, TaskInfo task) {
    double span = to - from;
    long end = end(task);
    long began = task.started() == 0 ? end : task.started();
    long called = Math.max(from, task.submitted());
    String queue =
        began <= called
            ? ""
            : "<span style=\"position:absolute;left:"
                + Html.share(called - from, span)
                + ";width:"
                + Html.share(began - called, span)
                + ";top:5px;height:2px;background-color:rgba(128,128,128,.45)\"></span>";
    return "<div style=\"position:relative;height:12px;min-width:80px;background-color:"
        + Html.TRACK
        + ";border-radius:2px;overflow:hidden\">"
        + queue
        + (task.started() == 0 ? "" : run(row, task, began, end))
        + Html.blocks((began - from) / span, (end - from) / span, task.started() != 0)
        + "</div>";
  }

  private String run(RefRow row, TaskInfo task, long began, long end) {
    double span = to - from;
    double busy = Math.max(1, end - began);
    long filled = Math.round(12 * Math.clamp(task.cpuNs() / busy, 0, 1));
    String fill =
        row.shown().isFailure()
            ? ""
            : "<span style=\"position:absolute;left:0;bottom:0;width:100%;height:"
                + Math.max(1, filled)
                + "px;background-color:"
                + row.shown().colour
                + "\"></span>";
    return "<span title=\"queued "
        + Amounts.duration(task.queuedNs(now))
        + ", ran "
        + Amounts.duration(task.ranNs(now))
        + ", CPU "
        + Amounts.duration(task.cpuNs())
        + " ("
        + Amounts.percent(task.cpuNs(), busy)
        + ")\" style=\"position:absolute;left:"
        + Html.share(began - from, span)
        + ";width:"
        + Html.share(Math.max(end - began, span / 250), span)
        + ";top:0;height:12px;background-color:"
        + pale(row.shown())
        + ";border-radius:2px;overflow:hidden\">"
        + fill
        + "</span>";
  }

  static String pale(Shown shown) {
    return switch (shown) {
      case FINISHED, STORED -> "rgba(0,158,115,.38)";
      case RUNNING -> "rgba(31,131,196,.42)";
      case FAILED, LOST -> Shown.FAILED.colour;
      case RETRYING -> "rgba(181,101,154,.42)";
      default -> "rgba(128,128,128,.28)";
    };
  }
}
