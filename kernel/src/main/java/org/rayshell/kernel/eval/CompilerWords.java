package org.rayshell.kernel.eval;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the compiler says, as it is told. Not loaded before something is wrong. */
final class CompilerWords {
  // What is left of the place when the name of a cell's class is taken out.
  private static final Pattern NOWHERE = Pattern.compile("\\R\\s*location: class\\s*$");
  // And what is left of that of a cell's method.
  private static final Pattern IN_NO_CLASS = Pattern.compile(" in class (?= )");
  // A method that takes another number of arguments, in a list of those that do not fit.
  private static final Pattern OTHER_COUNT =
      Pattern.compile(
          "\\R +(?:method|constructor) .+ is not applicable"
              + "(?:\\R +\\(cannot infer type-variable\\(s\\) .*)?"
              + "\\R +\\(actual and formal argument lists differ in length\\)+");

  // The packages of types that cells use without an import.
  private static final Pattern OF_EVERY_CELL =
      Pattern.compile(
          "(?<![\\w.])(?:java\\.lang|"
              + Evaluator.DEFAULT_IMPORTS.stream()
                  .map(each -> Pattern.quote(each.substring(0, each.lastIndexOf('.'))))
                  .collect(Collectors.joining("|"))
              + ")\\.(?=[A-Z])");
  private static final Pattern NO_DIFFERENCE =
      Pattern.compile("(?<![\\w.])([\\w.]+) cannot be converted to \\1(?![\\w.])");
  // Whoever has allowed preview features knows that.
  private static final Pattern OF_PREVIEW = Pattern.compile("compiler\\.warn\\..*preview");

  private CompilerWords() {}

  /** The compiler's words without what is only the session's own. */
  static String readable(String message) {
    String known = NOWHERE.matcher(likely(message.strip())).replaceAll("");
    String own = Companion.readable(IN_NO_CLASS.matcher(known).replaceAll(""));
    String simple = OF_EVERY_CELL.matcher(own).replaceAll("");
    return NO_DIFFERENCE.matcher(simple).find() ? own : simple;
  }

  /** Without the methods of another number of arguments, unless there are no others. */
  private static String likely(String message) {
    String less = OTHER_COUNT.matcher(message).replaceAll("");
    return less.contains(" is not applicable") ? less : message;
  }

  /** Whether a warning only says that a preview feature is one. */
  static boolean isOfPreview(String code) {
    return OF_PREVIEW.matcher(code).find();
  }
}
