package org.rayshell.kernel.magic;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a command, {@code !ls -l}, from Java that begins with a {@code !}, which only an expression
 * can whose value a cell shows: {@code !list.isEmpty()}.
 */
final class ShellLine {
  private static final Pattern NAME = Pattern.compile("\\s*([\\p{L}_$][\\p{L}\\p{N}_$]*)");

  /** A call of a method, or a member of a class: {@code !isDone(x)}, {@code !Files.exists(p)}. */
  private static final Pattern CALL =
      Pattern.compile("\\s*[\\p{L}_$][\\p{L}\\p{N}_$]*(?:\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*\\(.*");

  private static final Pattern CONSTANT = Pattern.compile("\\s*(?:true|false|this|new)\\b.*");

  private ShellLine() {}

  /**
   * Whether it is a command.
   *
   * @param after what follows the {@code !}
   * @param before the Java of the cell above it
   * @param names whether the session has a variable, method or class of that name
   */
  static boolean isMeant(String after, String before, Predicate<String> names) {
    String first = after.lines().findFirst().orElse("").strip();
    if (first.isEmpty() || "(!=".indexOf(first.charAt(0)) >= 0) {
      return false;
    }
    if (CALL.matcher(first).matches() || CONSTANT.matcher(first).matches()) {
      return false;
    }
    Matcher name = NAME.matcher(first);
    return !name.lookingAt() || !(isWord(name.group(1), before) || names.test(name.group(1)));
  }

  private static boolean isWord(String name, String code) {
    return Pattern.compile("(?<![\\p{L}\\p{N}_$])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_$])")
        .matcher(code)
        .find();
  }
}
