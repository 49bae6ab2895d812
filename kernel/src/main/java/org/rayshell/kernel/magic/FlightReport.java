package org.rayshell.kernel.magic;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Sheet;
import org.rayshell.kernel.eval.CellTrace;

/**
 * The methods that a recording's samples of computing threads were in, those of the JVM and of the
 * kernel left out.
 */
final class FlightReport {
  private static final String EVENT = "jdk.ExecutionSample";
  private static final int MOST_METHODS = 10;

  /** What calls through, which is no method that anybody would look for: woven checks, too. */
  private static final List<String> PLUMBING = List.of("java.lang.invoke.", "org.rayshell.kernel.");

  private final CellTrace trace;
  private final Map<String, Hot> methods = new HashMap<>();
  private int samples;

  private FlightReport(CellTrace trace) {
    this.trace = trace;
  }

  /** A method with its samples, and these by the lines of cells that led to it. */
  private static final class Hot {
    private int count;
    private final Map<String, Integer> lines = new HashMap<>();

    int count() {
      return count;
    }

    String line() {
      return lines.entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .map(Map.Entry::getKey)
          .orElse("");
    }
  }

  /** Reads a recording. */
  static FlightReport of(Path recording, CellTrace trace) throws IOException {
    FlightReport report = new FlightReport(trace);
    try (RecordingFile events = new RecordingFile(recording)) {
      while (events.hasMoreEvents()) {
        report.add(events.readEvent());
      }
    }
    return report;
  }

  /** How many samples there are. */
  int samples() {
    return samples;
  }

  private void add(RecordedEvent event) {
    if (!event.getEventType().getName().equals(EVENT)
        || event.getStackTrace() == null
        || !isUsers(event.getThread("sampledThread"))) {
      return;
    }
    List<StackTraceElement> frames =
        event.getStackTrace().getFrames().stream()
            .filter(RecordedFrame::isJavaFrame)
            .map(FlightReport::frame)
            .dropWhile(each -> PLUMBING.stream().anyMatch(each.getClassName()::startsWith))
            .toList();
    if (frames.isEmpty()) {
      return;
    }
    samples++;
    StackTraceElement inner = frames.getFirst();
    StackTraceElement ofCell = trace.ofCell(inner);
    Hot hot = methods.computeIfAbsent(name(ofCell == null ? inner : ofCell), _ -> new Hot());
    hot.count++;
    frames.stream()
        .map(trace::ofCell)
        .filter(each -> each != null)
        .findFirst()
        .ifPresent(each ->
            hot.lines.merge(
                each.getFileName() + ", line " + each.getLineNumber(), 1, Integer::sum));
  }

  /** Whether it may run what a cell does. */
  private static boolean isUsers(RecordedThread thread) {
    if (thread == null || thread.getJavaName() == null) {
      return false;
    }
    boolean system =
        thread.getThreadGroup() != null && "system".equals(thread.getThreadGroup().getName());
    String name = thread.getJavaName();
    return !system && !name.startsWith("rayshell-") && !name.startsWith("kernel-");
  }

  private static StackTraceElement frame(RecordedFrame frame) {
    return new StackTraceElement(
        frame.getMethod().getType().getName(),
        frame.getMethod().getName(),
        null,
        frame.getLineNumber());
  }

  private static String name(StackTraceElement frame) {
    if (frame.getMethodName().equals(CellTrace.CELL)) {
      return frame.getFileName();
    }
    return (frame.getClassName().isEmpty() ? "" : frame.getClassName() + ".")
        + frame.getMethodName();
  }

  /** The hottest first. */
  Sheet sheet() {
    Sheet sheet = new Sheet().number("samples").text("method").words("for the cell");
    methods.entrySet().stream()
        .sorted(
            Map.Entry.<String, Hot>comparingByValue(Comparator.comparingInt(Hot::count).reversed())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_METHODS)
        .forEach(each ->
            sheet.row(
                Sheet.of(Amounts.percent(each.getValue().count, samples)),
                Sheet.code(each.getKey()),
                Sheet.of(each.getValue().line())));
    return sheet;
  }
}
