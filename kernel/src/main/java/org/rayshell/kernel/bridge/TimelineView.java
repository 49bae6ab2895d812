package org.rayshell.kernel.bridge;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.view.WorkerLanes;
import org.rayshell.runtime.view.WorkerLanes.Bar;
import org.rayshell.runtime.view.WorkerLanes.Lane;

/** The workers' lanes as HTML and as text. Immutable. */
final class TimelineView {
  /** So many lanes at most, the busiest. */
  static final int LANES = 16;

  private static final int WIDTH = 60;
  private static final double LABELLED = 0.06;

  private final WorkerLanes all;
  private final List<Lane> lanes;

  TimelineView(WorkerLanes all) {
    this.all = all;
    this.lanes =
        all.lanes().stream()
            .sorted(Comparator.comparingLong(Lane::busyNs).reversed())
            .limit(LANES)
            .sorted(Comparator.comparingLong(Lane::pid))
            .toList();
  }

  private String head() {
    if (all.tries() == 0) {
      return "no task has run yet";
    }
    return "%s of tasks on %s in %s"
        .formatted(
            all.tries() == 1 ? "1 run" : Amounts.count(all.tries()) + " runs",
            all.lanes().size() == 1 ? "1 worker" : all.lanes().size() + " workers",
            Amounts.duration(all.span()));
  }

  private String rest() {
    int left = all.lanes().size() - lanes.size();
    return (left == 0 ? "" : left + " less busy workers are not shown. ")
        + (all.dropped() == 0 ? "" : "What was before is not known any more.");
  }

  private String note(Lane lane) {
    return (lane.tries() == 1 ? "1 run, " : Amounts.count(lane.tries()) + " runs, ")
        + Amounts.percent(Math.min(lane.busyNs(), all.span()), all.span())
        + " busy";
  }

  String text() {
    StringBuilder text = new StringBuilder(head()).append('\n');
    for (Lane lane : lanes) {
      char[] bar = new char[WIDTH];
      Arrays.fill(bar, ' ');
      for (Bar each : lane.bars()) {
        int from = Math.min(WIDTH - 1, at(each.from()));
        Arrays.fill(bar, from, Math.max(from + 1, at(each.to())), letter(each));
      }
      text.append("%-14s |%s| %s\n".formatted("worker " + lane.pid(), new String(bar), note(lane)));
    }
    if (!lanes.isEmpty()) {
      String end = Amounts.duration(all.span());
      text.append(" ".repeat(16))
          .append("0 s")
          .append(" ".repeat(Math.max(1, WIDTH - 3 - end.length())))
          .append(end)
          .append("   █ computing ░ waiting x failed\n");
    }
    return text.append(rest()).toString().stripTrailing();
  }

  private int at(long time) {
    return Math.clamp(WIDTH * (time - all.from()) / all.span(), 0, WIDTH);
  }

  private static char letter(Bar bar) {
    return bar.state() == TaskState.FAILED ? 'x' : bar.cpu() > 0.5 ? '█' : '░';
  }

  String html() {
    if (lanes.isEmpty()) {
      return Html.fragment(head());
    }
    StringBuilder rows = new StringBuilder();
    lanes.forEach(lane -> rows.append(row(lane)));
    rows.append(new TimeAxis(all.span()).html());
    return Html.fragment(
        "<div style=\"margin-bottom:4px\"><b>"
            + head()
            + "</b></div><table style=\"table-layout:auto;border-collapse:collapse;width:100%;margin:0\"><tbody>"
            + rows
            + "</tbody></table>"
            + legend()
            + Html.muted(rest()));
  }

  private String row(Lane lane) {
    StringBuilder bars = new StringBuilder();
    lane.bars().forEach(each -> bars.append(bar(each)));
    return Html.tr(
        "<th scope=\"row\" style=\"width:132px;text-align:left;font-weight:400;line-height:1.15;white-space:nowrap;padding:2px 10px 2px 0\">worker "
            + lane.pid()
            + " <br><span style=\"font-size:11px;opacity:.68\">"
            + note(lane)
            + "</span></th><td style=\"padding:2px 0;text-align:left\"><div style=\"position:relative;height:28px;background-color:"
            + Html.TRACK
            + "\">"
            + bars
            + "</div></td>");
  }

  private String bar(Bar bar) {
    boolean failed = bar.state() == TaskState.FAILED;
    Shown shown =
        failed ? Shown.FAILED : bar.state() == TaskState.FINISHED ? Shown.FINISHED : Shown.RUNNING;
    String title =
        (bar.tries() == 1 ? "" : bar.tries() + " runs, the first of ")
            + Html.cut(bar.function())
            + (bar.cell() == null ? "" : " of " + bar.cell())
            + ": "
            + Amounts.duration(bar.length())
            + ", CPU "
            + Math.round(100 * bar.cpu())
            + " %"
            + (failed ? ", failed" : bar.state().isTerminal() ? "" : ", still runs");
    String label =
        bar.length() < LABELLED * all.span()
            ? ""
            : (failed ? "✕ " : "")
                + (bar.tries() == 1 ? bar.function() : bar.tries() + " × " + bar.function());
    String fill =
        failed
            ? ""
            : "<div style=\"position:absolute;left:0;bottom:0;width:100%;height:"
                + Math.round(22 * bar.cpu())
                + "px;background-color:"
                + shown.colour
                + "\"></div>";
    return "<div title=\""
        + Html.escape(title)
        + "\" style=\"position:absolute;left:"
        + Html.share(bar.from() - all.from(), all.span())
        + ";width:"
        + String.format(Locale.ROOT, "%.2f%%", Math.max(0.2, 100.0 * bar.length() / all.span()))
        + ";top:3px;height:22px;overflow:hidden;border-radius:2px;background-color:"
        + RefTable.pale(shown)
        + "\">"
        + fill
        + (label.isEmpty()
            ? ""
            : "<div style=\"position:absolute;left:4px;top:0;font-size:11px;line-height:22px;white-space:nowrap"
                // Black on what is mostly filled; elsewhere the theme's own colour.
                + (failed || bar.cpu() > ReportLanes.MOSTLY_FILLED ? ";color:#000" : "")
                + "\">"
                + Html.escape(Html.cut(label))
                + "</div>")
        + "</div>";
  }

  private static String legend() {
    return Html.legend(
        Html.key("background-color:" + Shown.FINISHED.colour, "computing"),
        Html.key(
            "background-color:" + RefTable.pale(Shown.FINISHED),
            "waiting (filled height = CPU share of the run)"),
        Html.key("background-color:" + Shown.RUNNING.colour, "still runs"),
        Html.key("background-color:" + Shown.FAILED.colour, "failed"));
  }
}
