package org.rayshell.kernel.bridge;

import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rayshell.kernel.eval.CellTrace;
import org.rayshell.kernel.eval.TraceText;

/** Frames of tasks in terms of cells, and the lines that stand there. Thread-safe. */
final class CellFrames {
  private static final Pattern CELL = Pattern.compile("In \\[(\\d+)]");

  private final CellTrace trace;
  private final BiFunction<Integer, Integer, String> sourceLine;

  /**
   * @param sourceLine the text of a line of a cell
   */
  CellFrames(CellTrace trace, BiFunction<Integer, Integer, String> sourceLine) {
    this.trace = trace;
    this.sourceLine = sourceLine;
  }

  /** The frames that say something to the user, innermost first. */
  List<StackTraceElement> shown(List<StackTraceElement> frames) {
    Throwable carrier = new Throwable();
    carrier.setStackTrace(frames.toArray(StackTraceElement[]::new));
    return List.of(trace.translate(carrier));
  }

  static boolean isCell(StackTraceElement frame) {
    return frame.getFileName() != null && CELL.matcher(frame.getFileName()).matches();
  }

  static boolean isJdk(StackTraceElement frame) {
    return frame.getClassName().matches("(?:java|javax|jdk|sun|com\\.sun)\\..*");
  }

  /** {@code Point.move}, {@code f} or, of what stands outside methods, the cell. */
  static String method(StackTraceElement frame) {
    String type = frame.getClassName();
    String simple = isCell(frame) ? type : type.substring(type.lastIndexOf('.') + 1);
    if (frame.getMethodName().equals(CellTrace.CELL)) {
      return frame.getFileName();
    }
    return (simple.isEmpty() ? "" : simple.replace('$', '.') + ".") + frame.getMethodName();
  }

  /** {@code In [3], line 4}, {@code BigInteger.java:1832}; empty if nobody knows. */
  static String place(StackTraceElement frame) {
    String line = frame.getLineNumber() < 0 ? "" : String.valueOf(frame.getLineNumber());
    if (isCell(frame)) {
      return frame.getFileName() + (line.isEmpty() ? "" : ", line " + line);
    }
    return frame.getFileName() == null
        ? ""
        : frame.getFileName() + (line.isEmpty() ? "" : ":" + line);
  }

  /** The line of the cell that the frame is at; empty if it is at none. */
  String source(StackTraceElement frame) {
    Matcher cell = CELL.matcher(frame.getFileName() == null ? "" : frame.getFileName());
    return cell.matches() && frame.getLineNumber() >= 0
        ? sourceLine.apply(Integer.valueOf(cell.group(1)), frame.getLineNumber()).strip()
        : "";
  }

  /** Stack traces in text, in terms of cells. */
  String translate(String text) {
    return new TraceText(trace).translate(text);
  }
}
