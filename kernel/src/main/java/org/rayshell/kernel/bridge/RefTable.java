package org.rayshell.kernel.bridge;

import java.util.List;
import org.rayshell.kernel.bridge.RefFragment.Row;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;
import org.rayshell.runtime.view.TaskInfo;

/** Rows of refs with bars on a common axis of time. */
final class RefTable {
  private static final double LARGE_BYTES = 10_000;

  private final List<Row> rows;
  private final long now;
  private final long first;
  private final long last;

  RefTable(List<Row> rows, long now) {
    this.rows = rows;
    this.now = now;
    List<TaskInfo> tasks = rows.stream().filter(r -> r.task() != null).map(Row::task).toList();
    this.first = tasks.stream().mapToLong(TaskInfo::submitted).min().orElse(now);
    long end = tasks.stream().mapToLong(t -> t.ended() == 0 ? now : t.ended()).max().orElse(now);
    this.last = Math.max(end, first + 1);
  }

  String html() {
    boolean tasks = rows.stream().anyMatch(row -> row.task() != null);
    String axis =
        "<span style=\"display:flex;justify-content:space-between;font-weight:400;opacity:.68\"><span>0"
            + " s </span><span>"
            + Amounts.duration(last - first)
            + "</span></span>";
    String head =
        Html.th(true, "#")
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
    rows.forEach(row -> body.append(row(row, tasks)));
    return Html.table(head, body.toString());
  }

  private String row(Row row, boolean tasks) {
    TaskInfo task = row.task();
    String cells =
        Html.td(true, Html.muted(Html.escape(Html.cut(row.key()))))
            + Html.td(
                false,
                "<code style=\"background:none;padding:0\">" + row.id().substring(0, 8) + "</code>")
            + Html.td(false, row.shown().html());
    if (tasks) {
      boolean began = task != null && task.started() != 0;
      cells +=
          Html.td(true, began ? String.valueOf(task.workerPid()) : "–")
              + Html.td(true, task == null ? "–" : Amounts.duration(task.queuedNs(now)))
              + Html.td(true, began ? Amounts.duration(task.ranNs(now)) : "–")
              + Html.td(true, began ? Amounts.duration(task.cpuNs()) : "–")
              + "<td style=\"width:30%;min-width:130px;padding:3px 14px 3px 0\">"
              + (task == null ? "" : bar(row, task))
              + "</td>";
    }
    return Html.tr(cells + Html.td(false, result(row)));
  }

  static String result(Row row) {
    TaskInfo task = row.task();
    if (task != null && task.error() != null) {
      return RefHtml.error(task);
    }
    String size = row.info().bytes() > LARGE_BYTES ? " " + Amounts.bytes(row.info().bytes()) : "";
    return row.info().preview() == null
        ? Html.muted(size.strip())
        : Html.code(row.info().preview()) + Html.muted(size);
  }

  /** A row in words, for lists that are too long for tables. */
  static String brief(Row row, long now) {
    TaskInfo task = row.task();
    return Html.escape(Html.cut(row.key()))
        + " "
        + row.shown().html()
        + (task == null ? "" : " in " + Amounts.duration(task.ranNs(now)))
        + " "
        + (row.info().preview() == null ? "" : Html.escape(Html.cut(row.info().preview())));
  }

  /** Length is time, filled height is the CPU's share of it; a thin line is the queue. */
  private String bar(Row row, TaskInfo task) {
    double span = last - first;
    long began = task.started() == 0 ? (task.ended() == 0 ? now : task.ended()) : task.started();
    long end = task.ended() == 0 ? now : task.ended();
    String queue =
        "<div style=\"position:absolute;left:"
            + Html.share(task.submitted() - first, span)
            + ";width:"
            + Html.share(began - task.submitted(), span)
            + ";top:5px;height:2px;background-color:rgba(128,128,128,.45)\"></div>";
    String run = "";
    if (task.started() != 0) {
      double busy = Math.max(1, end - began);
      long filled = Math.round(12 * Math.clamp(task.cpuNs() / busy, 0, 1));
      String fill =
          row.shown() == Shown.FAILED
              ? ""
              : "<div style=\"position:absolute;left:0;bottom:0;width:100%;height:"
                  + Math.max(1, filled)
                  + "px;background-color:"
                  + row.shown().colour
                  + "\"></div>";
      run =
          "<div title=\"queued "
              + Amounts.duration(task.queuedNs(now))
              + ", ran "
              + Amounts.duration(task.ranNs(now))
              + ", CPU "
              + Amounts.duration(task.cpuNs())
              + "\" style=\"position:absolute;left:"
              + Html.share(began - first, span)
              + ";width:"
              + Html.share(Math.max(end - began, span / 250), span)
              + ";top:0;height:12px;background-color:"
              + pale(row.shown())
              + ";border-radius:2px;overflow:hidden\">"
              + fill
              + "</div>";
    }
    return "<div style=\"position:relative;height:12px;min-width:120px;background-color:"
        + Html.TRACK
        + ";border-radius:2px;overflow:hidden\">"
        + queue
        + run
        + "</div>";
  }

  static String pale(Shown shown) {
    return switch (shown) {
      case FINISHED, STORED -> "rgba(0,158,115,.38)";
      case RUNNING -> "rgba(31,131,196,.42)";
      case FAILED -> Shown.FAILED.colour;
      case RETRYING -> "rgba(181,101,154,.42)";
      default -> "rgba(128,128,128,.28)";
    };
  }
}
