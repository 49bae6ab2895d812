package org.rayshell.kernel.eval;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stack traces in printed text, in terms of cells and lines as {@link CellTrace} has them. There is
 * one for each stream of text, since what is dropped of a trace depends on the lines before.
 * Thread-safe.
 */
public final class TraceText {
  private static final String AT = "\tat ";
  private static final String CELLS = SessionClasses.PACKAGE + ".$JShell$";

  private static final Pattern FRAME =
      Pattern.compile(
          "(\\s+at )(?:\\S*/)?([\\w$.]+)\\.([\\w$<>]+)\\((?:([^():]*)(?::(\\d+))?)\\)\\r?");
  private static final Pattern IN_COMMON = Pattern.compile("\\s+\\.\\.\\. \\d+ more\\r?");

  /** The head of a trace, whose exception is a class of a cell. */
  private static final Pattern HEAD =
      Pattern.compile(
          "((?:Exception in thread \".*\" )?|\\s*(?:Caused by|Suppressed): )"
              + Pattern.quote(SessionClasses.PACKAGE)
              + "\\.\\$JShell\\$\\w+?\\$(\\w[\\w$]*(?:Exception|Error|(?=:)))(:.*|\\r?)");

  private final CellTrace trace;
  private boolean cut;
  private boolean below;

  /** Text whose frames that one translates. */
  public TraceText(CellTrace trace) {
    this.trace = trace;
  }

  /** Whether text may hold something to translate; a first look that costs little. */
  synchronized boolean concerns(String text) {
    return cut || text.contains(AT) || text.contains(CELLS);
  }

  /** The text, of whole lines, translated. */
  public synchronized String translate(String text) {
    if (!concerns(text)) {
      return text;
    }
    StringBuilder translated = new StringBuilder(text.length());
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start);
      String line = line(text.substring(start, end < 0 ? text.length() : end));
      if (line != null) {
        translated.append(line).append(end < 0 ? "" : "\n");
      }
      start = end < 0 ? text.length() : end + 1;
    }
    return translated.toString();
  }

  /** A line without its end, translated; null if it is of a frame that says nothing to the user. */
  public synchronized String line(String line) {
    Matcher frame = FRAME.matcher(line);
    if (frame.matches()) {
      return frame(line, frame);
    }
    below = false;
    if (IN_COMMON.matcher(line).matches()) {
      return cut ? null : line;
    }
    Matcher head = HEAD.matcher(line);
    boolean named = head.matches();
    cut &= line.startsWith("Caused by: ") || line.strip().startsWith("Suppressed: ");
    return named ? head.group(1) + head.group(2).replace('$', '.') + head.group(3) : line;
  }

  private String frame(String line, Matcher parts) {
    int number = parts.group(5) == null ? -1 : Integer.parseInt(parts.group(5));
    StackTraceElement frame =
        new StackTraceElement(parts.group(2), parts.group(3), parts.group(4), number);
    below |= CellTrace.isBelow(frame);
    StackTraceElement shown = below ? null : trace.shown(frame);
    if (shown == frame) {
      return line;
    }
    cut = true;
    return shown == null ? null : parts.group(1) + CellTrace.text(shown);
  }
}
