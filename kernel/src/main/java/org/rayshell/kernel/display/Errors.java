package org.rayshell.kernel.display;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rayshell.RayException;
import org.rayshell.StandInException;
import org.rayshell.kernel.eval.CellTrace;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.eval.TraceMode;
import org.rayshell.kernel.hint.ThrownHints;
import org.rayshell.kernel.session.Engine.ExecuteResult.Failed;

/** What went wrong in a cell, in ANSI colours: the message, the place, the line. Immutable. */
public final class Errors {
  private static final String API = "org.rayshell.";

  private static final int FRAMES = 12;
  private static final int TASK_LINES = 15;
  private static final int CAUSES = 5;
  private static final int SUPPRESSED = 3;
  private static final int SUPPRESSED_FRAMES = 3;
  private static final int ASKED_FRAMES = 2;
  private static final int MESSAGE_LINES = 6;

  /** A line of the message of a task's failure: the cell, and the place if that is known. */
  private static final Pattern SUBMITTED =
      Pattern.compile(
          "Submitted in (In \\[\\d+])(?:, (?:(.+) \\((In \\[\\d+]), )?line (\\d+)\\)?)?");

  private final CellTrace trace;
  private final Frames frames;

  /**
   * @param trace translates frames that nobody has translated yet, such as those of tasks
   * @param sourceLine the text of a line of a cell
   */
  public Errors(CellTrace trace, BiFunction<Integer, Integer, String> sourceLine) {
    this.trace = trace;
    this.frames = new Frames(trace, sourceLine);
  }

  /** A cell that does not compile: each problem with its line and carets under the place. */
  public Failed rejected(List<EvalResult.Problem> problems, String cell) {
    return CompileErrors.of(problems, cell);
  }

  /**
   * A cell that was interrupted.
   *
   * @param more what else there is to say of it; may be empty
   */
  public Failed interrupted(String cell, String more) {
    String message = cell + " was interrupted" + more;
    return new Failed(
        "KeyboardInterrupt", message, List.of(Ansi.in(Ansi.BOLD, "Interrupted") + ": " + message));
  }

  /** A message without frames. */
  public static Failed message(String name, String message) {
    List<String> lines = new ArrayList<>();
    lines.add(Ansi.in(Ansi.RED_LABEL, name) + ": " + message);
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
    lines.addAll(frames.of(thrown, FRAMES, "at "));
    lines.addAll(suppressed(thrown));
    lines.addAll(causes(thrown, 2 * FRAMES));
    String hint = hint(thrown);
    if (!hint.isEmpty()) {
      lines.add(Ansi.hint(hint));
    }
    return new Failed(name(thrown), message, lines);
  }

  /** What can be done about it, or about what has caused it; may be empty. */
  private static String hint(Throwable thrown) {
    String own = ThrownHints.of(thrown, message(thrown));
    List<Throwable> causes = chain(thrown);
    return own.isEmpty() && !causes.isEmpty()
        ? ThrownHints.of(causes.getLast(), message(causes.getLast()))
        : own;
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
        called.add("    called in " + frames.text(call(submitted)));
      } else {
        more.add(each);
      }
    }
    // By itself it says what was asked for wrongly; its subclasses, what became of a task.
    String lead = trace.showsAll() || thrown.getClass() == RayException.class ? "at " : "got in ";
    for (String each : frames.of(thrown, ASKED_FRAMES, lead)) {
      if (called.isEmpty() || !called.getFirst().equals(each.replace(lead, "called in "))) {
        called.add(each);
      }
    }
    if (more.size() > MESSAGE_LINES) {
      more = more.subList(more.size() - MESSAGE_LINES, more.size());
    }
    if (hidden > 0) {
      String left = hidden + (hidden == 1 ? " frame" : " frames");
      more.add(Ansi.in(Ansi.FAINT, left + " of Ray and the JDK hidden (%xmode Verbose)"));
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        Ansi.in(Ansi.RED_LABEL, name(thrown)) + ": " + message.lines().findFirst().orElse(""));
    lines.addAll(causes(thrown, TASK_LINES - 1 - called.size() - more.size()));
    if (trace.mode() != TraceMode.MINIMAL) {
      lines.addAll(called);
      lines.addAll(more);
    }
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
        : Frames.method(frame) + " (" + frame.getFileName() + ", " + line + ")";
  }

  /** What has caused it, in so many lines at most; the first cause of all is never left out. */
  private List<String> causes(Throwable thrown, int most) {
    List<String> lines = new ArrayList<>();
    List<Throwable> chain = chain(thrown);
    int left = Math.max(0, chain.size() - CAUSES);
    for (int i = 0; i < chain.size(); i++) {
      if (left > 0 && i == CAUSES - 1) {
        lines.add(Ansi.in(Ansi.FAINT, "    ... " + left + (left == 1 ? " cause" : " causes")));
        i += left;
      }
      List<String> part = new ArrayList<>();
      part.add(heading("Caused by: ", chain.get(i)));
      part.addAll(frames.of(chain.get(i), FRAMES, "at "));
      part.addAll(suppressed(chain.get(i)));
      int room = trace.showsAll() ? Integer.MAX_VALUE : most - lines.size();
      if (part.size() > room) {
        lines.addAll(part.subList(0, Math.max(0, room - 1)));
        lines.add(Ansi.in(Ansi.FAINT, "    ..."));
        break;
      }
      lines.addAll(part);
    }
    return lines;
  }

  /** The causes, the nearest first. */
  private static List<Throwable> chain(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    seen.add(thrown);
    List<Throwable> chain = new ArrayList<>();
    for (Throwable each = thrown.getCause();
        each != null && seen.add(each);
        each = each.getCause()) {
      chain.add(each);
    }
    return chain;
  }

  /** What was thrown on the way, as by the end of a try with resources. */
  private List<String> suppressed(Throwable thrown) {
    List<String> lines = new ArrayList<>();
    Throwable[] all = thrown.getSuppressed();
    for (int i = 0; i < all.length && i < SUPPRESSED; i++) {
      lines.add(heading("    Suppressed: ", all[i]));
      frames.of(all[i], SUPPRESSED_FRAMES, "at ").forEach(each -> lines.add("    " + each));
    }
    if (all.length > SUPPRESSED) {
      lines.add(Ansi.in(Ansi.FAINT, "    ... " + (all.length - SUPPRESSED) + " more suppressed"));
    }
    return lines;
  }

  private static String heading(String lead, Throwable thrown) {
    String message = message(thrown);
    String text = message.lines().limit(20).reduce((a, b) -> a + "\n" + b).orElse("");
    return lead + Ansi.in(Ansi.RED_LABEL, name(thrown)) + (text.isEmpty() ? "" : ": " + text);
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

  private static String message(Throwable thrown) {
    try {
      String message = thrown.getMessage();
      return message == null ? "" : PlainText.asWritten(message);
    } catch (Throwable broken) {
      return "(its getMessage threw " + broken.getClass().getName() + ")";
    }
  }
}
