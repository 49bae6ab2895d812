package org.rayshell.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a cell that is a magic, {@code %name arguments} or {@code !command}; immutable. It is
 * one only where a statement may begin: a {@code %} in a text block, in a comment or in the middle
 * of an expression is Java's. A command goes on in the next line if it ends in a backslash.
 *
 * @param start where the line begins
 * @param end where it ends, before the line break
 * @param name without the percent sign; {@code sh} of a command
 * @param arguments where what follows the name begins
 */
record MagicLine(int start, int end, String name, int arguments) {
  /** What {@code !} is short for. */
  static final String SHELL = "sh";

  private static final Pattern BEGIN =
      Pattern.compile("(?m)^[ \\t]*(?:%(\\w+)(.*)|!((?:.*\\\\\\R)*.*))$");

  /**
   * All of them in order.
   *
   * @param names whether the session has a variable, method or class of that name
   */
  static List<MagicLine> in(String code, Predicate<String> names) {
    if (code.indexOf('%') < 0 && code.indexOf('!') < 0) {
      return List.of();
    }
    List<MagicLine> found = new ArrayList<>();
    StringBuilder java = new StringBuilder();
    int done = 0;
    Matcher line = BEGIN.matcher(code);
    while (line.find()) {
      String before = code.substring(done, line.start());
      if (!StatementStart.after(java + before)) {
        continue;
      }
      boolean percent = line.group(1) != null;
      if (!percent && !ShellLine.isMeant(line.group(3), java + before, names)) {
        continue;
      }
      found.add(
          new MagicLine(
              line.start(),
              line.end(),
              percent ? line.group(1) : SHELL,
              percent ? line.start(2) : line.start(3)));
      java.append(before);
      done = line.end();
    }
    return found;
  }
}
