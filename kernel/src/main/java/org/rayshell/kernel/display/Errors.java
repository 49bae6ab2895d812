package org.rayshell.kernel.display;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rayshell.RayException;
import org.rayshell.StandInException;
import org.rayshell.kernel.eval.CellTrace;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.session.Engine.ExecuteResult.Failed;

/** What went wrong in a cell, in ANSI colours: the message, the place, the line. Immutable. */
public final class Errors {
  private static final String RED = "\u001b[0;31m";
  private static final String BOLD = "\u001b[1m";
  private static final String GREEN = "\u001b[0;32m";
  private static final String GREY = "\u001b[2m";
  private static final String END = "\u001b[0m";
  private static final Pattern CELL = Pattern.compile("In \\[(\\d+)]");
  private static final String API = "org.rayshell.";

  /** What the JVM says of two classes of one name. */
  private static final Pattern FORMER_CLASS =
      Pattern.compile("class (\\S+) cannot be cast to class \\1 \\(.*");

  private static final int LINE_CHARS = 80;
  private static final int FRAMES = 12;
  private static final int TASK_LINES = 15;
  private static final int CAUSES = 5;
  private static final int ASKED_FRAMES = 2;
  private static final int MESSAGE_LINES = 6;

  /** A line of the message of a task's failure: the cell, and the place if that is known. */
  private static final Pattern SUBMITTED =
      Pattern.compile(
          "Submitted in (In \\[\\d+])(?:, (?:(.+) \\((In \\[\\d+]), )?line (\\d+)\\)?)?");

  /** So many frames of the JDK between a cell's are shown. */
  private static final int JDK_FRAMES = 3;

  private final CellTrace trace;
  private final BiFunction<Integer, Integer, String> sourceLine;

  /**
   * @param trace translates frames that nobody has translated yet, such as those of tasks
   * @param sourceLine the text of a line of a cell
   */
  public Errors(CellTrace trace, BiFunction<Integer, Integer, String> sourceLine) {
    this.trace = trace;
    this.sourceLine = sourceLine;
  }

  /** A cell that does not compile: each problem with its line and carets under the place. */
  public Failed rejected(List<EvalResult.Problem> problems, String cell) {
    List<String> lines = new ArrayList<>();
    for (EvalResult.Problem each : problems) {
      lines.add(GREEN + cell + ", line " + each.line() + END);
      String number = "%5d | ".formatted(each.line());
      lines.add(GREY + number + END + each.sourceLine());
      lines.add(" ".repeat(number.length()) + under(each) + BOLD + carets(each) + END);
      each.message().lines().forEach(line -> lines.add(RED + line + END));
    }
    String first = problems.isEmpty() ? "" : problems.getFirst().message();
    return new Failed("CompileError", first, lines);
  }

  /** What stands under the source line before the place: its tabs kept, all else blank. */
  private static String under(EvalResult.Problem problem) {
    String line = problem.sourceLine();
    int before = Math.max(0, Math.min(problem.column() - 1, line.length()));
    return line.substring(0, before).replaceAll("[^\t]", " ");
  }

  private static String carets(EvalResult.Problem problem) {
    return "^".repeat(Math.max(1, Math.min(problem.endColumn() - problem.column(), 200)));
  }

  /**
   * A cell that was interrupted.
   *
   * @param more what else there is to say of it; may be empty
   */
  public Failed interrupted(String cell, String more) {
    String message = cell + " was interrupted" + more;
    return new Failed(
        "KeyboardInterrupt", message, List.of(BOLD + "Interrupted" + END + ": " + message));
  }

  /** A message without frames. */
  public static Failed message(String name, String message) {
    List<String> lines = new ArrayList<>();
    lines.add(BOLD + name + END + ": " + message);
    return new Failed(name, message, lines);
  }

  /** An exception out of a cell or a task. */
  public Failed threw(Throwable thrown) {
    return threw(thrown, 0);
  }

  /**
   * An exception out of a cell or a task.
   *
   * @param hidden how many frames it has lost already that say nothing to the user
   */
  public Failed threw(Throwable thrown, int hidden) {
    String message = message(thrown);
    if (thrown instanceof RayException) {
      return new Failed(
          name(thrown), message.lines().findFirst().orElse(""), ofRay(thrown, message, hidden));
    }
    List<String> lines = new ArrayList<>();
    lines.add(heading("", thrown));
    lines.addAll(frames(thrown, FRAMES, "at "));
    if (thrown.getCause() != null && thrown.getCause() != thrown) {
      lines.addAll(causes(thrown.getCause(), 2 * FRAMES));
    }
    String hint = hint(thrown);
    if (!hint.isEmpty()) {
      lines.add(hint);
    }
    return new Failed(name(thrown), message, lines);
  }

  /**
   * What the runtime throws, in fifteen lines: what the task threw is the news, then where it was
   * submitted and asked for, then what else the message says.
   */
  private List<String> ofRay(Throwable thrown, String message, int hidden) {
    List<String> called = new ArrayList<>();
    List<String> more = new ArrayList<>();
    for (String each : message.lines().skip(1).toList()) {
      Matcher submitted = SUBMITTED.matcher(each);
      if (submitted.matches()) {
        called.add("    called in " + frame(call(submitted)));
      } else {
        more.add(each);
      }
    }
    // By itself it says what was asked for wrongly; its subclasses, what became of a task.
    String lead = trace.showsAll() || thrown.getClass() == RayException.class ? "at " : "got in ";
    for (String each : frames(thrown, ASKED_FRAMES, lead)) {
      if (called.isEmpty() || !called.getFirst().equals(each.replace(lead, "called in "))) {
        called.add(each);
      }
    }
    if (more.size() > MESSAGE_LINES) {
      more = more.subList(more.size() - MESSAGE_LINES, more.size());
    }
    if (hidden > 0) {
      String frames = hidden == 1 ? " frame" : " frames";
      more.add(GREY + hidden + frames + " of Ray and the JDK hidden (%xmode Verbose)" + END);
    }
    List<String> lines = new ArrayList<>();
    lines.add(BOLD + name(thrown) + END + ": " + message.lines().findFirst().orElse(""));
    if (thrown.getCause() != null && thrown.getCause() != thrown) {
      lines.addAll(causes(thrown.getCause(), TASK_LINES - 1 - called.size() - more.size()));
    }
    lines.addAll(called);
    lines.addAll(more);
    return lines;
  }

  /** The place of a call, as a frame; its line is -1 if it is not known. */
  private static StackTraceElement call(Matcher submitted) {
    int line = submitted.group(4) == null ? -1 : Integer.parseInt(submitted.group(4));
    return submitted.group(2) == null
        ? new StackTraceElement("", CellTrace.CELL, submitted.group(1), line)
        : new StackTraceElement("", submitted.group(2), submitted.group(3), line);
  }

  /**
   * A place from which a cell called something, as the message of a failure has it: {@code line 4}
   * of the cell itself, or {@code fan (In [5], line 3)}.
   *
   * @param frame in terms of cells
   * @param cell the name of the cell
   */
  public static String place(StackTraceElement frame, String cell) {
    String line = "line " + frame.getLineNumber();
    boolean statement =
        frame.getClassName().isEmpty() && frame.getMethodName().endsWith(CellTrace.CELL);
    return statement && cell.equals(frame.getFileName())
        ? line
        : method(frame) + " (" + frame.getFileName() + ", " + line + ")";
  }

  /** What can be done about it, where the exception does not say; may be empty. */
  private static String hint(Throwable thrown) {
    return switch (thrown) {
      case StackOverflowError _ ->
          "A recursion does not end, or is too deep for the thread's stack.";
      case OutOfMemoryError full when "Java heap space".equals(full.getMessage()) ->
          "The heap of "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MB is full. Set variables to null that hold much, or start the kernel with more:"
              + " JDK_JAVA_OPTIONS=-Xmx4g in its environment.";
      case ClassCastException _ -> {
        Matcher former = FORMER_CLASS.matcher(message(thrown));
        yield former.matches()
            ? "The object is of an earlier definition of "
                + former.group(1)
                + ": make it again, by the class as it is now."
            : "";
      }
      default -> "";
    };
  }

  private List<String> causes(Throwable first, int most) {
    List<String> lines = new ArrayList<>();
    Throwable cause = first;
    for (int i = 0; i < CAUSES && cause != null; i++) {
      List<String> part = new ArrayList<>();
      part.add(heading("Caused by: ", cause));
      part.addAll(frames(cause, FRAMES, "at "));
      int room = trace.showsAll() ? Integer.MAX_VALUE : most - lines.size();
      if (part.size() > room) {
        lines.addAll(part.subList(0, Math.max(0, room - 1)));
        lines.add(GREY + "    ..." + END);
        break;
      }
      lines.addAll(part);
      cause = cause.getCause() == cause ? null : cause.getCause();
    }
    return lines;
  }

  private static String heading(String lead, Throwable thrown) {
    String message = message(thrown);
    String text = message.lines().limit(20).reduce((a, b) -> a + "\n" + b).orElse("");
    return lead + BOLD + name(thrown) + END + (text.isEmpty() ? "" : ": " + text);
  }

  /**
   * The frames as lines. Those of the API, by which a cell only asked, are left out; a frame that
   * repeats itself, as in endless recursion, is counted.
   */
  private List<String> frames(Throwable thrown, int most, String lead) {
    if (trace.showsAll()) {
      return Arrays.stream(thrown.getStackTrace())
          .map(each -> "    " + lead + frame(each))
          .toList();
    }
    List<StackTraceElement> frames = List.of(withoutOwn(trace.translate(thrown)));
    List<String> lines = new ArrayList<>();
    int at = 0;
    for (int shown = 0; at < frames.size() && shown < most; shown++) {
      int hidden = shown == 0 ? 0 : betweenCells(frames, at);
      if (hidden > 0) {
        lines.add(GREY + "    ... " + hidden + " frames of the JDK" + END);
        at += hidden;
      }
      StackTraceElement frame = frames.get(at);
      int same = at;
      while (same < frames.size() && frames.get(same).equals(frame)) {
        same++;
      }
      lines.add("    " + lead + frame(frame));
      if (same - at > 1) {
        lines.add(GREY + "    ... " + (same - at - 1) + " times more" + END);
      }
      at = same;
    }
    if (at < frames.size()) {
      lines.add(GREY + "    ... " + (frames.size() - at) + " more frames" + END);
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

  /**
   * An exception's class as the user names it: the API's own by their simple names, an anonymous
   * one by what it extends, one that could not travel by what it was.
   */
  private static String name(Throwable thrown) {
    if (thrown instanceof StandInException standIn) {
      return written(standIn.type());
    }
    Class<?> type = thrown.getClass();
    while (type.isAnonymousClass()) {
      type = type.getSuperclass();
    }
    return type.getName().startsWith(API) ? type.getSimpleName() : written(type.getTypeName());
  }

  /** A class's name as it stands in the cell. */
  private static String written(String name) {
    return PlainText.asWritten(name).replace('$', '.');
  }

  private String frame(StackTraceElement frame) {
    String file = frame.getFileName() == null ? "" : frame.getFileName();
    Matcher cell = CELL.matcher(file);
    if (!cell.matches()) {
      return CellTrace.text(frame);
    }
    String where =
        GREEN + file + (frame.getLineNumber() < 0 ? "" : ", line " + frame.getLineNumber()) + END;
    String name = frame.getMethodName().equals(CellTrace.CELL) ? "" : method(frame);
    String source =
        frame.getLineNumber() < 0
            ? ""
            : cut(sourceLine.apply(Integer.valueOf(cell.group(1)), frame.getLineNumber()).strip());
    return (name.isEmpty() ? where : name + " (" + where + ")")
        + (source.isEmpty() ? "" : GREY + "    " + frame.getLineNumber() + " | " + END + source);
  }

  private static String method(StackTraceElement frame) {
    String type = frame.getClassName().isEmpty() ? "" : frame.getClassName() + ".";
    return type + frame.getMethodName();
  }

  private static String cut(String line) {
    return line.length() <= LINE_CHARS ? line : line.substring(0, LINE_CHARS - 1) + "…";
  }

  private static String message(Throwable thrown) {
    try {
      String message = thrown.getMessage();
      return message == null ? "" : PlainText.asWritten(message);
    } catch (Throwable broken) {
      return "(its getMessage threw " + broken.getClass().getName() + ")";
    }
  }
}
