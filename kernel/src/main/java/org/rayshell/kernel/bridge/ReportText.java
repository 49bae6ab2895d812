package org.rayshell.kernel.bridge;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.rayshell.kernel.bridge.CellRecord.Span;
import org.rayshell.kernel.bridge.CellReport.Lane;
import org.rayshell.kernel.bridge.CellReport.Run;
import org.rayshell.kernel.display.Amounts;

/** A cell's report as text, its lanes as bars of characters. */
final class ReportText {
  private static final int WIDTH = 50;
  private static final int FUNCTIONS = 3;

  private final CellReport report;
  private final char computing;
  private final char waiting;
  private final char driverWaits;

  /**
   * @param blocks whether the reader's characters have blocks
   */
  ReportText(CellReport report, boolean blocks) {
    this.report = report;
    this.computing = blocks ? '█' : '#';
    this.waiting = blocks ? '░' : '-';
    this.driverWaits = blocks ? '·' : '.';
  }

  /** In the characters of this process's environment, which consoles share. */
  static String of(CellReport report) {
    String encoding = System.getProperty("native.encoding", "UTF-8");
    boolean blocks = Charset.isSupported(encoding) && encodesBlocks(Charset.forName(encoding));
    return new ReportText(report, blocks).text();
  }

  private static boolean encodesBlocks(Charset charset) {
    return charset.canEncode() && charset.newEncoder().canEncode('█');
  }

  String text() {
    if (report.tasks() == 0) {
      return report.title();
    }
    List<String> lines = new ArrayList<>();
    StringBuilder states = new StringBuilder();
    report
        .counts()
        .forEach((shown, count) ->
            states
                .append("  ")
                .append(computing == '#' ? "" : shown.glyph + " ")
                .append(count)
                .append(' ')
                .append(shown.word));
    String retries = report.retries().text();
    if (!retries.isEmpty()) {
      states
          .append("  ")
          .append(computing == '#' ? "" : Shown.RETRYING.glyph + " ")
          .append(retries);
    }
    lines.add(report.title() + states);
    figures(report).forEach(each -> lines.add("%-14s %s".formatted(each.name(), each.text())));
    lines.add(lane("driver", driver(), ""));
    for (Lane each : report.lanes().stream().limit(ReportLanes.LANES).toList()) {
      lines.add(lane("worker " + each.pid(), worker(each), busy(report, each)));
    }
    lines.add(rest(report));
    lines.add(
        "%c computing, %c waiting, %c driver waiting in Ray.get, x failed"
            .formatted(computing, waiting, driverWaits));
    lines.add(ReportAdvice.of(report));
    lines.removeIf(String::isEmpty);
    String text = String.join("\n", lines);
    return computing == '#' ? text.replace("×", "x").replace("–", "-").replace("μ", "u") : text;
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
    String about = report.isEstimate() ? "about " : "";
    figures.add(
        speedUp > 0
            ? new Figure(
                "Speed-up",
                about + String.format(Locale.ROOT, "%.1f ×", speedUp),
                about + Amounts.duration(report.oneByOne()) + " one by one")
            : new Figure(
                "Speed-up",
                "–",
                report.stillRunning() > 0 ? report.stillRunning() + " still running" : "none ran"));
    return figures;
  }

  static String busy(CellReport report, Lane lane) {
    long former = lane.runs().stream().filter(run -> run.former() != null).count();
    long tasks = lane.runs().size() - former;
    return tasks
        + (tasks == 1 ? " task, " : " tasks, ")
        + (former == 0 ? "" : former + (former == 1 ? " former try, " : " former tries, "))
        + share(report, lane)
        + " busy"
        + functions(report, lane);
  }

  private static String share(CellReport report, Lane lane) {
    return Amounts.percent(Math.min(lane.busy(), report.wall()), report.wall());
  }

  /** {@code : 2 × f, 1 × g} where several functions ran. */
  private static String functions(CellReport report, Lane lane) {
    if (report.functions().size() < 2) {
      return "";
    }
    Map<String, Long> counts =
        lane.runs().stream()
            .collect(
                Collectors.groupingBy(
                    run -> run.task().function(), TreeMap::new, Collectors.counting()));
    return ": "
        + counts.entrySet().stream()
            .limit(FUNCTIONS)
            .map(each -> each.getValue() + " × " + each.getKey())
            .collect(Collectors.joining(", "))
        + (counts.size() > FUNCTIONS ? ", …" : "");
  }

  /** {@code 12 more, 61 to 80 % busy}; empty if all workers have a lane. */
  static String rest(CellReport report) {
    List<Lane> rest = report.lanes().stream().skip(ReportLanes.LANES).toList();
    if (rest.isEmpty()) {
      return "";
    }
    String least = share(report, rest.getLast());
    String most = share(report, rest.getFirst());
    return rest.size()
        + " more, "
        + (least.equals(most) ? least : least.replace(" %", "") + " to " + most)
        + " busy";
  }

  private static String lane(String name, String bar, String note) {
    return "%-14s |%s| %s".formatted(name, bar, note).stripTrailing();
  }

  String driver() {
    char[] bar = blank(computing);
    for (Span each : report.waits()) {
      fill(bar, each.begin(), each.end(), driverWaits);
    }
    return new String(bar);
  }

  String worker(Lane lane) {
    char[] bar = blank(' ');
    for (Run each : lane.runs()) {
      char with = each.shown() == Shown.FAILED ? 'x' : each.share() > 0.5 ? computing : waiting;
      fill(bar, each.begin(), each.end(), with);
    }
    return new String(bar);
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
