package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.List;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.display.Sheet;
import org.rayshell.runtime.view.TaskStack;

/** What the thread of a task does, as HTML and as text. Thread-safe. */
final class StackTexts {
  /** So many lines at most. */
  private static final int MOST_LINES = 24;

  /** So many frames of others between a cell's are shown. */
  private static final int FOREIGN = 3;

  private static final int LINE_CHARS = 64;

  /** A frame, or how many were left out here. */
  private record Line(StackTraceElement frame, String more, String source) {}

  private final CellFrames frames;

  StackTexts(CellFrames frames) {
    this.frames = frames;
  }

  String text(long pid, TaskStack stack, long now) {
    StringBuilder text = new StringBuilder(String.join(" · ", head(pid, stack, now)));
    if (stack.taskId() == null) {
      return text.toString();
    }
    List<Line> lines = lines(stack);
    for (Line line : lines) {
      text.append("\n    ");
      if (line.frame == null) {
        text.append("... ").append(line.more);
        continue;
      }
      String place = CellFrames.place(line.frame);
      text.append("at ").append(CellFrames.method(line.frame));
      if (!place.isEmpty()) {
        text.append(" (").append(place).append(')');
      }
      if (!line.source.isEmpty()) {
        text.append("    ").append(line.frame.getLineNumber()).append(" | ").append(line.source);
      }
    }
    return text.append('\n').append(hidden(stack, lines)).toString();
  }

  String html(long pid, TaskStack stack, long now) {
    List<String> head = new ArrayList<>(head(pid, stack, now).stream().map(Html::escape).toList());
    head.set(0, "<b>" + head.getFirst() + "</b>");
    StringBuilder html = new StringBuilder("<div>" + Html.dots(head) + "</div>");
    if (stack.taskId() == null) {
      return html.toString();
    }
    List<Line> lines = lines(stack);
    StringBuilder rows = new StringBuilder();
    for (Line line : lines) {
      rows.append(
          line.frame == null
              ? Html.tr(
                  Html.td(false, Html.muted("… " + Html.escape(line.more))) + blank() + blank())
              : Html.tr(
                  Html.td(
                          false,
                          CellFrames.isCell(line.frame)
                              ? "<b>" + Html.escape(CellFrames.method(line.frame)) + "</b>"
                              : Html.escape(CellFrames.method(line.frame)))
                      + Html.td(false, Html.escape(CellFrames.place(line.frame)))
                      + Html.words(
                          Sheet.WORDS_PX,
                          line.source.isEmpty() ? "" : HelpCommand.block(line.source))));
    }
    return html.append("<div style=\"margin:2px 0 8px 14px\">")
        .append(Html.table("", rows.toString()))
        .append(Html.muted(Html.escape(hidden(stack, lines))))
        .append("</div>")
        .toString();
  }

  private static String blank() {
    return Html.td(false, "");
  }

  private static List<String> head(long pid, TaskStack stack, long now) {
    if (stack.taskId() == null) {
      return List.of("worker " + pid, "has no task");
    }
    List<String> parts = new ArrayList<>();
    parts.add(Html.cut(stack.function()));
    parts.add("worker " + pid);
    if (stack.cell() != null) {
      parts.add(stack.cell());
    }
    parts.add("running for " + Amounts.duration(now - stack.started()));
    parts.add(
        switch (stack.state()) {
          case RUNNABLE -> "computes, or reads";
          case BLOCKED -> "waits for a lock";
          case WAITING, TIMED_WAITING -> "waits";
          case NEW, TERMINATED -> "ends";
        });
    if (stack.lock() != null) {
      String lock = stack.lock().substring(stack.lock().lastIndexOf('.') + 1);
      parts.add(
          Html.cut(lock)
              + (stack.lockOwner() == null ? "" : ", which " + stack.lockOwner() + " has"));
    }
    return parts;
  }

  private static String hidden(TaskStack stack, List<Line> lines) {
    long shown = lines.stream().filter(line -> line.frame != null).count();
    long hidden = stack.frames().size() - shown;
    String more = stack.frames().size() == TaskStack.MOST_FRAMES ? " or more" : "";
    return hidden == 0 ? "" : hidden + more + " frames of Ray, the JDK and deep calls hidden";
  }

  private List<Line> lines(TaskStack stack) {
    List<StackTraceElement> all = frames.shown(stack.frames());
    List<Line> lines = new ArrayList<>();
    for (int at = 0; at < all.size(); ) {
      if (lines.size() >= MOST_LINES) {
        lines.add(new Line(null, all.size() - at + " more frames", ""));
        break;
      }
      int end = at;
      while (end < all.size() && !CellFrames.isCell(all.get(end))) {
        end++;
      }
      if (end - at > FOREIGN) {
        // What the cell called, and where that waits, say most.
        lines.add(line(all.get(at)));
        lines.add(new Line(null, end - at - 2 + " frames", ""));
        lines.add(line(all.get(end - 1)));
        at = end;
        continue;
      }
      int same = at + 1;
      while (same < all.size() && all.get(same).equals(all.get(at))) {
        same++;
      }
      lines.add(line(all.get(at)));
      if (same - at > 1) {
        lines.add(new Line(null, same - at - 1 + " times more", ""));
      }
      at = same;
    }
    return lines;
  }

  private Line line(StackTraceElement frame) {
    return new Line(frame, "", cut(frames.source(frame)));
  }

  private static String cut(String line) {
    return line.length() <= LINE_CHARS ? line : line.substring(0, LINE_CHARS - 1) + "…";
  }
}
