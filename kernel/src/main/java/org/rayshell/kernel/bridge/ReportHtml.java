package org.rayshell.kernel.bridge;

import java.util.List;
import java.util.Locale;
import org.rayshell.kernel.bridge.CellRecord.Span;
import org.rayshell.kernel.bridge.CellReport.Lane;
import org.rayshell.kernel.bridge.CellReport.Run;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;

/** A cell's report as HTML: five figures, and a lane for the driver and for each worker. */
final class ReportHtml {
  private static final int LANES = 16;
  private static final int BARS = 150;
  private static final int BINS = 400;
  private static final double LABELLED = 0.03;
  private static final String DRIVER = "#808080";

  private final CellReport report;
  private final double wall;

  ReportHtml(CellReport report) {
    this.report = report;
    this.wall = report.wall();
  }

  String html() {
    if (report.tasks() == 0) {
      return Html.fragment(Html.escape(report.title()));
    }
    StringBuilder states = new StringBuilder();
    report.counts().forEach((shown, count) -> states.append(" &ensp; ").append(shown.html(count)));
    String head =
        "<div style=\"border-bottom:1px solid "
            + Html.LINE
            + ";padding-bottom:4px;margin-bottom:2px\"><b>"
            + report.title()
            + "</b>"
            + states
            + "</div>";
    return Html.fragment(head + figures() + lanes() + legend() + advice());
  }

  private String figures() {
    StringBuilder cells = new StringBuilder();
    for (ReportText.Figure each : ReportText.figures(report)) {
      cells
          .append(
              "<td style=\"text-align:left;vertical-align:top;padding:6px 26px 6px 0;white-space:nowrap\">")
          .append(small(each.name()))
          .append("<div style=\"font-size:19px;line-height:1.3\">")
          .append(each.amount())
          .append("</div>")
          .append(small(Html.escape(each.note())))
          .append("</td>");
    }
    return "<table style=\"border-collapse:collapse;margin:2px 0 8px 0\"><tbody>"
        + Html.tr(cells.toString())
        + "</tbody></table>";
  }

  private static String small(String text) {
    return "<div style=\"font-size:11px;opacity:.68\">" + text + "</div>";
  }

  private String lanes() {
    StringBuilder rows = new StringBuilder(lane("driver", "cell code", driver()));
    int bars = report.runs().size();
    for (Lane each : report.lanes().stream().limit(LANES).toList()) {
      rows.append(
          lane("worker " + each.pid(), ReportText.busy(report, each), worker(each, bars > BARS)));
    }
    rows.append(axis());
    if (report.lanes().size() > LANES) {
      rows.append(Html.tr(Html.td(false, report.lanes().size() - LANES + " more workers")));
    }
    return "<table style=\"border-collapse:collapse;width:100%;margin:0\"><tbody>"
        + rows
        + "</tbody></table>";
  }

  private static String lane(String name, String note, String bars) {
    return Html.tr(
        "<th scope=\"row\" style=\"width:132px;text-align:left;font-weight:400;line-height:1.15;white-space:nowrap;padding:2px"
            + " 10px 2px 0\">"
            + name
            + " <br><span style=\"font-size:11px;opacity:.68\">"
            + note
            + "</span></th><td style=\"padding:2px 0;text-align:left\"><div style=\"position:relative;height:28px;background-color:rgba(128,128,128,.08)\">"
            + bars
            + "</div></td>");
  }

  private String axis() {
    StringBuilder ticks = new StringBuilder();
    for (int i = 0; i <= 4; i++) {
      long at = report.wall() * i / 4;
      ticks.append("<span>").append(i == 0 ? "0 s" : Amounts.duration(at)).append("</span> ");
    }
    return Html.tr(
        "<td></td><td style=\"padding:0\"><div style=\"display:flex;justify-content:space-between;font-size:11px;opacity:.68\">"
            + ticks
            + "</div></td>");
  }

  private String driver() {
    StringBuilder bars = new StringBuilder(bar(report.begin(), report.end(), DRIVER, "", ""));
    // What waits lies over what computes; of very many only as much as can be seen.
    long shortest = report.waits().size() > BARS ? report.wall() / BINS : 0;
    for (Span each : report.waits()) {
      if (each.length() >= shortest) {
        String text = "Ray.get, " + Amounts.duration(each.length());
        boolean wide = each.length() > wall * 0.2;
        bars.append(
            "<div title=\""
                + text
                + "\" style=\"position:absolute;left:"
                + Html.share(each.begin() - report.begin(), wall)
                + ";width:"
                + Html.share(each.length(), wall)
                + ";top:3px;height:22px;background-color:#c8c8c8;color:#000;font-size:11px;line-height:22px;overflow:hidden;white-space:nowrap\">"
                + (wide ? "&ensp;waiting, " + Amounts.duration(each.length()) : "")
                + "</div>");
      }
    }
    return bars.toString();
  }

  private String worker(Lane lane, boolean many) {
    return many ? merged(lane) : single(lane.runs());
  }

  private String single(List<Run> runs) {
    StringBuilder bars = new StringBuilder();
    for (Run each : runs) {
      String title =
          Html.escape(Html.cut(each.task().function()))
              + " #"
              + each.number()
              + ": ran "
              + Amounts.duration(each.length())
              + ", CPU "
              + Amounts.duration(each.cpu());
      String label = each.length() > wall * LABELLED ? String.valueOf(each.number()) : "";
      double share = each.length() == 0 ? 0 : (double) each.cpu() / each.length();
      bars.append(run(each.begin(), each.end(), each.shown(), share, title, label));
    }
    return bars.toString();
  }

  /** Very many runs: one bar for each part of the width in which something ran. */
  private String merged(Lane lane) {
    int bins = BINS / Math.max(1, Math.min(LANES, report.lanes().size()));
    StringBuilder bars = new StringBuilder();
    double width = wall / bins;
    for (int i = 0; i < bins; i++) {
      long from = report.begin() + (long) (i * width);
      long to = report.begin() + (long) ((i + 1) * width);
      double ran = 0;
      double cpu = 0;
      boolean failed = false;
      for (Run each : lane.runs()) {
        long overlap = Math.min(to, each.end()) - Math.max(from, each.begin());
        if (overlap > 0) {
          ran += overlap;
          cpu += (double) each.cpu() * overlap / Math.max(1, each.length());
          failed |= each.shown() == Shown.FAILED;
        }
      }
      if (ran > 0) {
        Shown shown = failed ? Shown.FAILED : Shown.FINISHED;
        bars.append(run(from, to, shown, cpu / ran, "", ""));
      }
    }
    return bars.toString();
  }

  private String run(long begin, long end, Shown shown, double share, String title, String label) {
    long height = Math.round(22 * Math.clamp(share, 0, 1));
    String fill =
        shown == Shown.FAILED
            ? ""
            : "<div style=\"position:absolute;left:0;bottom:0;width:100%;height:"
                + Math.max(1, height)
                + "px;background-color:"
                + shown.colour
                + "\"></div>";
    String text =
        label.isEmpty()
            ? ""
            : "<div style=\"position:absolute;left:0;top:0;width:100%;text-align:center;font-size:11px;line-height:22px\">"
                + (shown == Shown.FAILED ? "✕ " : "")
                + label
                + "</div>";
    return bar(begin, end, RefTable.pale(shown), title, fill + text);
  }

  private String bar(long begin, long end, String colour, String title, String content) {
    return "<div"
        + (title.isEmpty() ? "" : " title=\"" + title + "\"")
        + " style=\"position:absolute;left:"
        + Html.share(begin - report.begin(), wall)
        + ";width:"
        + String.format(Locale.ROOT, "%.2f%%", Math.max(0.15, 100 * (end - begin) / wall - 0.15))
        + ";top:3px;height:22px;background-color:"
        + colour
        + ";border-radius:2px;overflow:hidden\">"
        + content
        + "</div>";
  }

  private static String legend() {
    return "<div style=\"font-size:11px;opacity:.8;margin:4px 0 6px 0\">"
        + swatch("#009E73")
        + " computing &ensp; "
        + swatch("rgba(0,158,115,.38)")
        + " waiting (filled height = CPU share of the run) &ensp; "
        + swatch(DRIVER)
        + " driver computing &ensp; "
        + swatch("#c8c8c8")
        + " driver waiting in Ray.get</div>";
  }

  private static String swatch(String colour) {
    return "<span style=\"display:inline-block;width:16px;height:10px;border-radius:2px;background-color:"
        + colour
        + "\"></span>";
  }

  private String advice() {
    return report.advice().isEmpty() ? "" : "<div>" + Html.escape(report.advice()) + "</div>";
  }
}
