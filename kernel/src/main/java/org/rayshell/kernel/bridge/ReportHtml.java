package org.rayshell.kernel.bridge;

import java.util.ArrayList;
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
  private static final int BARS = 70;
  private static final int BINS = 120;
  private static final int WAITS = 30;
  private static final int WAIT_BINS = 60;
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
    return "<table style=\"table-layout:auto;border-collapse:collapse;margin:2px 0 8px 0\"><tbody>"
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
    return "<table style=\"table-layout:auto;border-collapse:collapse;width:100%;margin:0\"><tbody>"
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
    for (Span each : waits()) {
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
    return bars.toString();
  }

  /** When the cell waited; very many waits as stretches in which it mostly did. */
  private List<Span> waits() {
    if (report.waits().size() <= WAITS) {
      return report.waits();
    }
    List<Span> merged = new ArrayList<>();
    for (Span each : report.waits()) {
      Span before = merged.isEmpty() ? null : merged.getLast();
      if (before != null && each.begin() - before.end() < wall / WAIT_BINS) {
        merged.set(merged.size() - 1, new Span(before.begin(), each.end()));
      } else {
        merged.add(each);
      }
    }
    return merged;
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

  /** Very many runs: how much of each part of the width was computed, over when it was busy. */
  private String merged(Lane lane) {
    int bins = BINS / Math.max(1, Math.min(LANES, report.lanes().size()));
    double[] ran = new double[bins];
    double[] cpu = new double[bins];
    boolean[] failed = new boolean[bins];
    double width = wall / bins;
    for (Run each : lane.runs()) {
      int last = Math.clamp((long) ((each.end() - report.begin()) / width), 0, bins - 1);
      for (int i = Math.clamp((long) ((each.begin() - report.begin()) / width), 0, bins - 1);
          i <= last;
          i++) {
        double from = Math.max(report.begin() + i * width, each.begin());
        double overlap = Math.min(report.begin() + (i + 1) * width, each.end()) - from;
        if (overlap > 0) {
          ran[i] += overlap;
          cpu[i] += each.cpu() * overlap / Math.max(1, each.length());
          failed[i] |= each.shown() == Shown.FAILED;
        }
      }
    }
    StringBuilder bars = new StringBuilder();
    for (int i = 0; i < bins; i++) {
      if (ran[i] > 0) {
        double share = failed[i] ? 1 : Math.min(1, cpu[i] / width);
        bars.append(thin(i, bins, Math.min(1, ran[i] / width), "rgba(0,158,115,.38)"));
        bars.append(thin(i, bins, share, (failed[i] ? Shown.FAILED : Shown.FINISHED).colour));
      }
    }
    return bars.toString();
  }

  private static String thin(int bin, int bins, double share, String colour) {
    return "<div style=\"position:absolute;left:"
        + Html.share(bin, bins)
        + ";width:"
        + Html.share(1, bins)
        + ";bottom:3px;height:"
        + Math.max(1, Math.round(22 * share))
        + "px;background-color:"
        + colour
        + "\"></div>";
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
