package org.rayshell.kernel.bridge;

import java.util.Comparator;
import java.util.List;
import org.rayshell.kernel.bridge.CellReport.Run;
import org.rayshell.kernel.display.Html;

/** A cell's report as HTML: five figures, lanes, what failed, and one sentence. */
final class ReportHtml {
  private static final int MOST_CHARS = 36_000;
  private static final int FAILURES = 5;

  private final CellReport report;

  ReportHtml(CellReport report) {
    this.report = report;
  }

  String html() {
    if (report.tasks() == 0) {
      return Html.fragment(Html.escape(report.title()));
    }
    String whole = html(ReportLanes.single(report));
    return report.runs().size() > ReportLanes.MOST_BARS || whole.length() > MOST_CHARS
        ? html(ReportLanes.merged(report))
        : whole;
  }

  private String html(String lanes) {
    StringBuilder states = new StringBuilder();
    report.counts().forEach((shown, count) -> states.append(" &ensp; ").append(shown.html(count)));
    String retries = report.retries().text();
    if (!retries.isEmpty()) {
      states.append(" &ensp; ").append(Shown.RETRYING.html(retries));
    }
    String head =
        "<div style=\"border-bottom:1px solid "
            + Html.LINE
            + ";padding-bottom:4px;margin-bottom:2px\"><b>"
            + report.title()
            + "</b>"
            + states
            + "</div>";
    String advice = ReportAdvice.of(report);
    return Html.fragment(
        head
            + figures()
            + lanes
            + legend()
            + failures()
            + (advice.isEmpty() ? "" : "<div>" + Html.escape(advice) + "</div>"));
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

  private static String legend() {
    return Html.legend(
        Html.key("background-color:" + Shown.FINISHED.colour, "computing"),
        Html.key(
            "background-color:" + RefTable.pale(Shown.FINISHED),
            "waiting (filled height = CPU share of the run)"),
        Html.key("background-color:" + ReportLanes.DRIVER, "driver computing"),
        Html.key(ReportLanes.WAITING, "driver waiting in Ray.get"));
  }

  /** The failures in words: bars may be too small to be seen. */
  private String failures() {
    // Those that failed for good first.
    List<Run> failed =
        report.runs().stream()
            .filter(run -> run.shown() == Shown.FAILED)
            .sorted(
                Comparator.comparing((Run run) -> run.former() != null)
                    .thenComparing(Run::number)
                    .thenComparing(Run::attempt))
            .toList();
    StringBuilder lines = new StringBuilder();
    for (Run each : failed.stream().limit(FAILURES).toList()) {
      lines
          .append("<div>")
          .append(Shown.FAILED.html())
          .append(" &ensp;·&ensp; ")
          .append(Html.escape(Html.cut(each.task().function())))
          .append(" #")
          .append(each.number())
          .append(each.attempt() == 1 && each.former() == null ? "" : ", try " + each.attempt())
          .append(
              each.error() == null
                  ? ""
                  : " &ensp;·&ensp; " + RefHtml.error(Shown.FAILED, each.error()))
          .append(each.former() == null ? "" : " &ensp;·&ensp; tried again")
          .append("</div>");
    }
    if (failed.size() > FAILURES) {
      lines
          .append("<div>")
          .append(Html.muted("and " + (failed.size() - FAILURES) + " more failed"));
      lines.append("</div>");
    }
    return lines.toString();
  }
}
