package org.rayshell.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a cell that is a magic, {@code %name arguments}, {@code !command}, or asks for help,
 * {@code name?}; immutable. It is one only where a statement may begin: a {@code %} in a text
 * block, in a comment or in the middle of an expression is Java's. A command goes on in the next
 * line if it ends in a backslash.
 *
 * @param start where the line begins
 * @param end where it ends, before the line break
 * @param name without the percent sign; {@code sh} of a command
 * @param arguments where what follows the name begins
 * @param argumentsEnd where that ends
 * @param asksHelp whether it is a name with question marks, which are no part of the arguments
 */
record MagicLine(
    int start, int end, String name, int arguments, int argumentsEnd, boolean asksHelp) {
  /** What {@code !} is short for. */
  static final String SHELL = "sh";

  private static final String WORD = "[\\p{L}_$][\\p{L}\\p{N}_$]*";
  private static final String HELPED = "%{0,2}" + WORD + "(?:[.#]" + WORD + ")*(?:\\(\\))?";

  private static final Pattern BEGIN =
      Pattern.compile(
          "(?m)^[ \\t]*(?:"
              + ("(?<before>\\?\\??)[ \\t]*(?<asked>" + HELPED + ")[ \\t]*;?[ \\t]*|")
              + ("(?<helped>" + HELPED + ")(?<after>\\?\\??)[ \\t]*|")
              + "%(?<name>\\w+)(?<arguments>.*)|!(?<command>(?:.*\\\\\\R)*.*))$");

  /**
   * All of them in order.
   *
   * @param names whether the session has a variable, method or class of that name
   */
  static List<MagicLine> in(String code, Predicate<String> names) {
    if (code.indexOf('%') < 0 && code.indexOf('!') < 0 && code.indexOf('?') < 0) {
      return List.of();
    }
    List<MagicLine> found = new ArrayList<>();
    StringBuilder java = new StringBuilder();
    int done = 0;
    Matcher line = BEGIN.matcher(code);
    while (line.find()) {
      String before = code.substring(done, line.start());
      if (!StatementStart.after(java + before)
          || line.group("command") != null
              && !ShellLine.isMeant(line.group("command"), java + before, names)
          || line.group("helped") != null && goesOn(code.substring(line.end()))) {
        continue;
      }
      found.add(of(line));
      java.append(before);
      done = line.end();
    }
    return found;
  }

  private static MagicLine of(Matcher line) {
    if (line.group("name") != null) {
      return of(line, line.group("name"), "arguments", false);
    }
    if (line.group("command") != null) {
      return of(line, SHELL, "command", false);
    }
    boolean first = line.group("before") != null;
    boolean source = line.group(first ? "before" : "after").length() > 1;
    return of(
        line, source ? HelpMagic.WITH_SOURCE : HelpMagic.NAME, first ? "asked" : "helped", true);
  }

  private static MagicLine of(Matcher line, String name, String arguments, boolean asksHelp) {
    return new MagicLine(
        line.start(), line.end(), name, line.start(arguments), line.end(arguments), asksHelp);
  }

  /** Whether the colon of a conditional expression follows before its statement ends. */
  private static boolean goesOn(String after) {
    String statement = after.substring(0, (after + ";").indexOf(';')).replace("::", "");
    return statement.contains(":");
  }

  /** Whether the text is one line that asks for help, and nothing else. */
  static boolean isQuestion(String text) {
    Matcher line = BEGIN.matcher(text.strip());
    return line.matches() && (line.group("asked") != null || line.group("helped") != null);
  }
}
