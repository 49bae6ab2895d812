package org.rayshell.kernel.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stack traces in terms of cells: a frame of a cell is in file {@code In [6]}, its line is the
 * cell's own, its class is empty for what stands outside classes and its method {@link #CELL} for
 * what stands outside methods. Frames of JShell, of reflection and of the kernel are dropped.
 * Thread-safe.
 */
public final class CellTrace {
  /** The method name of a cell's statements. */
  public static final String CELL = "<cell>";

  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.*)\\$\\d+");
  private static final Pattern NESTED =
      Pattern.compile(SessionClasses.PACKAGE + "\\.\\$JShell\\$[^$]+\\$?(.*)");

  /** What carries a cell in this process or a task on a worker: nothing below it is the user's. */
  private static final List<String> BELOW =
      List.of("org.rayshell.kernel.eval.", "org.rayshell.runtime.worker.");

  /** What is woven into the user's code, or works for it. */
  private static final List<String> ABOVE =
      List.of(
          ExitCalledException.class.getName(),
          StopCheck.class.getName(),
          Runaways.class.getName(),
          // Asked for a class by the user's code.
          SessionClasses.class.getName(),
          SnippetLoader.class.getName());

  private static final List<String> DROPPED =
      List.of(
          "jdk.jshell.",
          "jdk.internal.reflect.",
          "java.lang.reflect.Method",
          "java.lang.invoke.",
          "org.rayshell.runtime.",
          "org.rayshell.kernel.",
          "REPL.$RayShell$");

  private final CellSources sources;
  private volatile TraceMode mode = TraceMode.CONTEXT;

  CellTrace(CellSources sources) {
    this.sources = sources;
  }

  /** How much of exceptions is shown from now on. */
  public void show(TraceMode chosen) {
    mode = chosen;
  }

  /** How much of exceptions is shown. */
  public TraceMode mode() {
    return mode;
  }

  /** Whether exceptions keep all of their frames. */
  public boolean showsAll() {
    return mode == TraceMode.VERBOSE;
  }

  /** The frames of the exception itself, innermost first. */
  public StackTraceElement[] translate(Throwable exception) {
    if (showsAll()) {
      return Arrays.stream(exception.getStackTrace())
          .map(frame -> isCompanion(frame) ? frame : translate(frame))
          .toArray(StackTraceElement[]::new);
    }
    List<StackTraceElement> frames = new ArrayList<>();
    for (StackTraceElement frame : exception.getStackTrace()) {
      if (isBelow(frame)) {
        break;
      }
      StackTraceElement shown = shown(frame);
      if (shown != null) {
        frames.add(shown);
      } else if (frame.getClassName().startsWith("org.rayshell.")) {
        dropCalledFromRuntime(frames);
      }
    }
    return frames.toArray(StackTraceElement[]::new);
  }

  /** Whether the frame, and all below it, carry the user's code. */
  static boolean isBelow(StackTraceElement frame) {
    String type = frame.getClassName();
    return BELOW.stream().anyMatch(type::startsWith) && !isWoven(frame);
  }

  /** Whether the frame is of what was woven into the user's code. */
  static boolean isWoven(StackTraceElement frame) {
    String type = frame.getClassName();
    return ABOVE.stream()
        .anyMatch(each ->
            type.startsWith(each)
                && (type.length() == each.length() || type.charAt(each.length()) == '$'));
  }

  /** The frame as it is shown; null if it says nothing to the user. */
  StackTraceElement shown(StackTraceElement frame) {
    return isCompanion(frame) || DROPPED.stream().anyMatch(frame.getClassName()::startsWith)
        ? null
        : translate(frame);
  }

  /** Whether a class of that name is one of the session. */
  public static boolean isOfSession(String className) {
    return SessionClasses.has(className);
  }

  /** The frame in terms of its cell; null if no cell has written it. */
  public StackTraceElement ofCell(StackTraceElement frame) {
    StackTraceElement shown = shown(frame);
    return shown == frame ? null : shown;
  }

  /** Whether the frame is of a class that the session has, but no cell has written. */
  private boolean isCompanion(StackTraceElement frame) {
    return NESTED.matcher(frame.getClassName()).matches()
        && sources.place(frame.getClassName(), frame.getLineNumber()) == null;
  }

  /** What the JDK did for the runtime says nothing to the user. */
  private static void dropCalledFromRuntime(List<StackTraceElement> frames) {
    while (!frames.isEmpty() && frames.getLast().getClassName().startsWith("java.")) {
      frames.removeLast();
    }
  }

  /**
   * Gives the exception, its causes and what it suppressed their translated frames.
   *
   * @return how many frames were left out
   */
  public int rewrite(Throwable exception) {
    return rewrite(exception, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private int rewrite(Throwable exception, Set<Throwable> seen) {
    if (exception == null || !seen.add(exception)) {
      return 0;
    }
    StackTraceElement[] translated = translate(exception);
    int dropped = exception.getStackTrace().length - translated.length;
    exception.setStackTrace(translated);
    dropped += rewrite(exception.getCause(), seen);
    for (Throwable each : exception.getSuppressed()) {
      dropped += rewrite(each, seen);
    }
    return dropped;
  }

  private StackTraceElement translate(StackTraceElement frame) {
    Matcher session = NESTED.matcher(frame.getClassName());
    if (!session.matches()) {
      return frame;
    }
    CellSources.Place place = sources.place(frame.getClassName(), frame.getLineNumber());
    return new StackTraceElement(
        session.group(1).replace('$', '.'),
        method(frame.getMethodName()),
        "In [" + place.cell() + "]",
        place.line());
  }

  private static String method(String name) {
    String method = name;
    for (Matcher m = LAMBDA.matcher(method); m.matches(); m = LAMBDA.matcher(method)) {
      method = m.group(1);
    }
    String outer = method.startsWith("do_it$") ? CELL : method;
    return method.equals(name) ? outer : "lambda in " + outer;
  }

  /** A frame as it is shown, such as {@code f(In [6]:3)} or {@code Point.move(In [7]:12)}. */
  public static String text(StackTraceElement frame) {
    if (!frame.getClassName().isEmpty()) {
      return frame.toString();
    }
    String where =
        frame.getFileName() + (frame.getLineNumber() < 0 ? "" : ":" + frame.getLineNumber());
    return frame.getMethodName().equals(CELL) ? where : frame.getMethodName() + "(" + where + ")";
  }
}
