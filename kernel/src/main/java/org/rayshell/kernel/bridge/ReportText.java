package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rayshell.kernel.bridge.CellRecord.Span;
import org.rayshell.kernel.bridge.CellReport.Lane;
import org.rayshell.kernel.bridge.CellReport.Run;
import org.rayshell.kernel.display.Amounts;

/** A cell's report as text, its lanes as bars of characters. */
final class ReportText {
  private static final int WIDTH = 50;
  private static final int LANES = 16;

  private final CellReport report;

  private ReportText(CellReport report) {
    this.report = report;
  }

  static String of(CellReport report) {
    return new ReportText(report).text();
  }

  private String text() {
    List<String> lines = new ArrayList<>();
    if (report.tasks() == 0) {
      lines.add(report.title());
      return String.join("\n", lines);
    }
    StringBuilder states = new StringBuilder();
    report
        .counts()
        .forEach((shown, count) ->
            states
                .append("  ")
                .append(shown.glyph)
                .append(' ')
                .append(count)
                .append(' ')
                .append(shown.word));
    lines.add(report.title() + states);
    figures(report).forEach(each -> lines.add("%-14s %s".formatted(each.name(), each.text())));
    lines.add(lane("driver", driver(), ""));
    for (Lane each : report.lanes().stream().limit(LANES).toList()) {
      lines.add(lane("worker " + each.pid(), worker(each), busy(report, each)));
    }
    if (report.lanes().size() > LANES) {
      lines.add(report.lanes().size() - LANES + " more workers");
    }
    if (!report.advice().isEmpty()) {
      lines.add(report.advice());
    }
    return String.join("\n", lines);
  }

  /** A figure of the report: its name, its amount, and what it is. */
  record Figure(String name, String amount, String note) {
    String text() {
      return "%-9s %s".formatted(amount, note).stripTrailing();
    }
  }

  static List<Figure> figures(CellReport report) {
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("Wall time", Amounts.duration(report.wall()), "the cell, start to end"));
    figures.add(
        new Figure(
            "Workers' CPU",
            Amounts.duration(report.workersCpu()),
            Amounts.percent(report.workersCpu(), report.ran()) + " of task run time"));
    figures.add(
        new Figure("Driver CPU", Amounts.duration(report.driverCpu()), "of the kernel's process"));
    figures.add(new Figure("Waiting", Amounts.duration(report.waited()), "in Ray.get or Ray.wait"));
    double speedUp = report.speedUp();
    figures.add(
        speedUp > 0
            ? new Figure(
                "Speed-up",
                String.format(Locale.ROOT, "%.1f ×", speedUp),
                Amounts.duration(report.oneByOne()) + " one by one")
            : new Figure("Speed-up", "–", report.stillRunning() + " still running"));
    return figures;
  }

  static String busy(CellReport report, Lane lane) {
    int tasks = lane.runs().size();
    return tasks
        + (tasks == 1 ? " task, " : " tasks, ")
        + Amounts.percent(Math.min(lane.busy(), report.wall()), report.wall())
        + " busy";
  }

  private static String lane(String name, char[] bar, String note) {
    return "%-14s |%s| %s".formatted(name, new String(bar), note).stripTrailing();
  }

  private char[] driver() {
    char[] bar = blank('█');
    for (Span each : report.waits()) {
      fill(bar, each.begin(), each.end(), '·');
    }
    return bar;
  }

  private char[] worker(Lane lane) {
    char[] bar = blank(' ');
    for (Run each : lane.runs()) {
      double share = each.length() == 0 ? 0 : (double) each.cpu() / each.length();
      fill(
          bar,
          each.begin(),
          each.end(),
          each.shown() == Shown.FAILED ? 'x' : share > 0.5 ? '█' : '░');
    }
    return bar;
  }

  private static char[] blank(char with) {
    char[] bar = new char[WIDTH];
    Arrays.fill(bar, with);
    return bar;
  }

  private void fill(char[] bar, long begin, long end, char with) {
    int from = at(begin);
    Arrays.fill(bar, Math.min(from, WIDTH - 1), Math.min(WIDTH, Math.max(from + 1, at(end))), with);
  }

  private int at(long time) {
    return Math.clamp(WIDTH * (time - report.begin()) / report.wall(), 0, WIDTH);
  }
}
