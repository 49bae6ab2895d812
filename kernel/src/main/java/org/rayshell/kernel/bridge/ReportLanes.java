package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rayshell.kernel.bridge.CellRecord.Span;
import org.rayshell.kernel.bridge.CellReport.Lane;
import org.rayshell.kernel.bridge.CellReport.Run;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;

/**
 * The lanes of a cell's report: what the driver did, and each worker. A bar's length is time, its
 * filled height the CPU's share. Very many bars are merged with their neighbours.
 */
final class ReportLanes {
  static final int MOST_BARS = 150;
  static final int LANES = 16;

  /** Of a bar so full the words are on the fill, which is bright in every theme. */
  static final double MOSTLY_FILLED = 0.7;

  static final String DRIVER = "#808080";

  /** The stripes go where fragments are sanitised, the grey stays. */
  static final String WAITING =
      "background-color:#c8c8c8;background-image:repeating-linear-gradient(135deg,#b4b4b4"
          + " 0,#b4b4b4 4px,#dcdcdc 4px,#dcdcdc 8px)";

  private static final int FINEST_BINS = 400;
  private static final int COARSEST_BINS = 25;
  private static final int STEPS = 5;
  private static final int HEIGHT = 22;
  private static final int GRID_LANES = 8;
  private static final int WAITS = 30;
  private static final int WAIT_BINS = 60;
  private static final double LABELLED = 0.03;

  private final CellReport report;
  private final double wall;
  private final TimeAxis axis;
  private final int bins;

  private ReportLanes(CellReport report, int bins) {
    this.report = report;
    this.wall = report.wall();
    this.axis = new TimeAxis(wall);
    this.bins = bins;
  }

  /** A bar for each run. */
  static String single(CellReport report) {
    return new ReportLanes(report, 0).html();
  }

  /** Bars that stand for all runs in a part of the width. */
  static String merged(CellReport report) {
    int bins = FINEST_BINS;
    while (bins > COARSEST_BINS && new ReportLanes(report, bins).segments() > MOST_BARS) {
      bins /= 2;
    }
    return new ReportLanes(report, bins).html();
  }

  private int segments() {
    return report.lanes().stream().limit(LANES).mapToInt(lane -> merge(lane).size()).sum();
  }

  private String html() {
    ReportText text = new ReportText(report, true);
    StringBuilder rows = new StringBuilder(lane("driver", "cell code", text.driver(), driver()));
    for (Lane each : report.lanes().stream().limit(LANES).toList()) {
      String bars = bins > 0 ? mergedBars(each) : singleBars(each.runs());
      rows.append(
          lane("worker " + each.pid(), ReportText.busy(report, each), text.worker(each), bars));
    }
    rows.append(axis.html());
    String rest = ReportText.rest(report);
    return "<table style=\"table-layout:auto;border-collapse:collapse;width:100%;margin:0\"><tbody>"
        + rows
        + (rest.isEmpty() ? "" : Html.tr(Html.td(false, Html.muted(rest)) + "<td></td>"))
        + "</tbody></table>";
  }

  /** The bars as text are for where styles are taken out. */
  private String lane(String name, String note, String text, String bars) {
    return Html.tr(
        "<th scope=\"row\" style=\"width:132px;text-align:left;font-weight:400;line-height:1.15;white-space:nowrap;padding:2px"
            + " 10px 2px 0\">"
            + name
            + " <br><span style=\"font-size:11px;opacity:.68\">"
            + Html.escape(note)
            + "</span></th><td style=\"padding:2px 0;text-align:left\"><div style=\"position:relative;height:28px;background-color:rgba(128,128,128,.08);text-align:center;font-size:11px;line-height:22px;white-space:nowrap;overflow:hidden\"><span"
            + " style=\"font-size:0\">"
            + text.stripTrailing()
            + "</span>"
            + grid()
            + bars
            + "</div></td>");
  }

  private String grid() {
    if (report.lanes().size() > GRID_LANES) {
      return "";
    }
    StringBuilder lines = new StringBuilder();
    long tick = axis.tick();
    for (long at = tick; at < wall; at += tick) {
      lines
          .append("<div style=\"position:absolute;left:")
          .append(Html.share(at, wall))
          .append(";top:0;width:1px;height:28px;background-color:rgba(128,128,128,.28)\"></div>");
    }
    return lines.toString();
  }

  private String driver() {
    StringBuilder bars =
        new StringBuilder(bar(report.begin(), report.end(), "background-color:" + DRIVER, "", ""));
    for (Span each : waits()) {
      String text = "Ray.get, " + Amounts.duration(each.length());
      boolean wide = each.length() > wall * 0.2;
      bars.append(
          bar(
              each.begin(),
              each.end(),
              WAITING + ";color:#000;text-align:left",
              text,
              wide ? "&ensp;" + text : ""));
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

  private String singleBars(List<Run> runs) {
    StringBuilder bars = new StringBuilder();
    for (Run each : runs) {
      String title =
          Html.escape(Html.cut(each.task().function()))
              + " #"
              + each.number()
              + (each.attempt() == 1 && each.former() == null ? "" : ", try " + each.attempt())
              + (each.former() == null || !failed(each) ? "" : ", failed and tried again")
              + ": ran "
              + Amounts.duration(each.length())
              + ", CPU "
              + Amounts.duration(each.cpu());
      boolean failed = failed(each);
      String label =
          each.length() > wall * LABELLED
              ? (failed ? "✕ " : "") + each.number() + (each.open() ? " ▸" : "")
              : "";
      // Black on what is mostly filled; elsewhere the theme's own colour.
      String text =
          !label.isEmpty() && (failed || each.share() > MOSTLY_FILLED) ? ";color:#000" : "";
      bars.append(
          bar(each.begin(), each.end(), fill(each.shown(), each.share()) + text, title, label));
    }
    return bars.toString();
  }

  private static boolean failed(Run run) {
    return run.shown() == Shown.FAILED;
  }

  private static String fill(Shown shown, double share) {
    if (shown == Shown.FAILED) {
      return "background-color:" + shown.colour;
    }
    long height = Math.round(100 * Math.max(0.05, share));
    return "background-image:linear-gradient(0deg,"
        + shown.colour
        + " "
        + height
        + "%,"
        + RefTable.pale(shown)
        + " "
        + height
        + "%)";
  }

  private String bar(long begin, long end, String look, String title, String content) {
    return "<div"
        + (title.isEmpty() ? "" : " title=\"" + title + "\"")
        + " style=\"position:absolute;left:"
        + Html.share(begin - report.begin(), wall)
        + ";width:"
        + String.format(Locale.ROOT, "%.2f%%", Math.max(0.15, 100 * (end - begin) / wall - 0.15))
        + ";top:3px;height:22px;"
        + look
        + "\">"
        + content
        + "</div>";
  }

  /** Neighbouring parts of the width that look alike; heights are in steps. */
  private record Segment(int from, int to, int busy, int cpu, boolean failed) {
    boolean isLike(Segment other) {
      return to == other.from && busy == other.busy && cpu == other.cpu && failed == other.failed;
    }
  }

  private List<Segment> merge(Lane lane) {
    double[] ran = new double[bins];
    double[] cpu = new double[bins];
    boolean[] failed = new boolean[bins];
    double width = wall / bins;
    for (Run each : lane.runs()) {
      int last = Math.clamp((long) ((each.end() - report.begin()) / width), 0, bins - 1);
      int first = Math.clamp((long) ((each.begin() - report.begin()) / width), 0, bins - 1);
      for (int i = first; i <= last; i++) {
        double from = Math.max(report.begin() + i * width, each.begin());
        double overlap = Math.min(report.begin() + (i + 1) * width, each.end()) - from;
        if (overlap > 0) {
          ran[i] += overlap;
          cpu[i] += each.cpu() * overlap / Math.max(1, each.length());
          failed[i] |= failed(each);
        }
      }
    }
    List<Segment> merged = new ArrayList<>();
    for (int i = 0; i < bins; i++) {
      if (ran[i] > 0) {
        int busy = (int) Math.ceil(STEPS * Math.min(1, ran[i] / width));
        int share = (int) Math.round(STEPS * Math.min(1, cpu[i] / ran[i]));
        Segment next = new Segment(i, i + 1, busy, share, failed[i]);
        Segment before = merged.isEmpty() ? null : merged.getLast();
        if (before != null && before.isLike(next)) {
          merged.set(merged.size() - 1, new Segment(before.from, next.to, busy, share, failed[i]));
        } else {
          merged.add(next);
        }
      }
    }
    return merged;
  }

  private String mergedBars(Lane lane) {
    StringBuilder bars = new StringBuilder();
    for (Segment each : merge(lane)) {
      Shown shown = each.failed ? Shown.FAILED : Shown.FINISHED;
      bars.append("<div style=\"position:absolute;left:")
          .append(Html.share(each.from, bins))
          .append(";width:")
          .append(Html.share(each.to - each.from, bins))
          .append(each.failed ? ";min-width:3px" : "")
          .append(";bottom:3px;height:")
          .append(HEIGHT * each.busy / STEPS)
          .append("px;")
          .append(fill(shown, (double) each.cpu / STEPS))
          .append("\"></div>");
    }
    return bars.toString();
  }
}
