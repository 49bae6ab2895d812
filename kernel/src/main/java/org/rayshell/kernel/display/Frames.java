package org.rayshell.kernel.display;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rayshell.kernel.eval.CellTrace;
import org.rayshell.kernel.eval.TraceMode;

/** The frames of exceptions as lines of text, those that matter or all. Immutable. */
final class Frames {
  private static final Pattern CELL = Pattern.compile("In \\[(\\d+)]");
  private static final String API = "org.rayshell.";
  private static final int LINE_CHARS = 80;

  /** So many frames of the JDK between a cell's are shown. */
  private static final int JDK_FRAMES = 3;

  private final CellTrace trace;
  private final BiFunction<Integer, Integer, String> sourceLine;

  Frames(CellTrace trace, BiFunction<Integer, Integer, String> sourceLine) {
    this.trace = trace;
    this.sourceLine = sourceLine;
  }

  /**
   * The frames as lines. Those of the API, by which a cell only asked, are left out; a frame that
   * repeats itself, as in endless recursion, is counted.
   */
  List<String> of(Throwable thrown, int most, String lead) {
    if (trace.mode() == TraceMode.MINIMAL) {
      return List.of();
    }
    if (trace.showsAll()) {
      return Arrays.stream(thrown.getStackTrace()).map(each -> "    " + lead + text(each)).toList();
    }
    List<StackTraceElement> frames = List.of(withoutOwn(trace.translate(thrown)));
    List<String> lines = new ArrayList<>();
    int at = 0;
    for (int shown = 0; at < frames.size() && shown < most; shown++) {
      int hidden = shown == 0 ? 0 : betweenCells(frames, at);
      if (hidden > 0) {
        lines.add(Ansi.in(Ansi.FAINT, "    ... " + hidden + " frames of the JDK"));
        at += hidden;
      }
      StackTraceElement frame = frames.get(at);
      int same = at;
      while (same < frames.size() && frames.get(same).equals(frame)) {
        same++;
      }
      lines.add("    " + lead + text(frame));
      if (same - at > 1) {
        lines.add(Ansi.in(Ansi.FAINT, "    ... " + (same - at - 1) + " times more"));
      }
      at = same;
    }
    if (at < frames.size()) {
      lines.add(Ansi.in(Ansi.FAINT, "    ... " + (frames.size() - at) + " more frames"));
    }
    return lines;
  }

  /**
   * How many frames, from that one on, only carry the JDK's code to what a cell called, as those of
   * streams do; 0 if they are too few to leave out.
   */
  private static int betweenCells(List<StackTraceElement> frames, int from) {
    int end = from;
    while (end < frames.size() && isJdk(frames.get(end))) {
      end++;
    }
    boolean calledByCell = end < frames.size() && isCell(frames.get(end));
    return calledByCell && end - from > JDK_FRAMES ? end - from - 1 : 0;
  }

  private static boolean isJdk(StackTraceElement frame) {
    String module = frame.getModuleName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }

  private static boolean isCell(StackTraceElement frame) {
    return frame.getFileName() != null && CELL.matcher(frame.getFileName()).matches();
  }

  /** Without the API's frames if others remain: they say only how a cell called it. */
  private static StackTraceElement[] withoutOwn(StackTraceElement[] frames) {
    StackTraceElement[] others =
        Arrays.stream(frames)
            .filter(each -> !each.getClassName().startsWith(API))
            .toArray(StackTraceElement[]::new);
    return others.length == 0 ? frames : others;
  }

  /** A frame with its place and, unless the mode says otherwise, the line of its cell. */
  String text(StackTraceElement frame) {
    String file = frame.getFileName() == null ? "" : frame.getFileName();
    Matcher cell = CELL.matcher(file);
    if (!cell.matches()) {
      return CellTrace.text(frame);
    }
    String where =
        Ansi.in(
            Ansi.BOLD, file + (frame.getLineNumber() < 0 ? "" : ", line " + frame.getLineNumber()));
    String name = frame.getMethodName().equals(CellTrace.CELL) ? "" : method(frame);
    String source =
        frame.getLineNumber() < 0 || trace.mode() == TraceMode.PLAIN
            ? ""
            : cut(sourceLine.apply(Integer.valueOf(cell.group(1)), frame.getLineNumber()).strip());
    return (name.isEmpty() ? where : name + " (" + where + ")")
        + (source.isEmpty()
            ? ""
            : Ansi.in(Ansi.FAINT, "    " + frame.getLineNumber() + " | ") + source);
  }

  static String method(StackTraceElement frame) {
    String type = frame.getClassName().isEmpty() ? "" : frame.getClassName() + ".";
    return type + frame.getMethodName();
  }

  private static String cut(String line) {
    return line.length() <= LINE_CHARS ? line : line.substring(0, LINE_CHARS - 1) + "…";
  }
}
