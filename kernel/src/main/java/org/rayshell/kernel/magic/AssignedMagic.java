package org.rayshell.kernel.magic;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Magics whose value is wanted, as IJava has them: {@code List<String> added = %jars lib/*.jar}.
 * They become a call of {@link org.rayshell.kernel.compat.NotebookFunctions#lineMagic}.
 */
final class AssignedMagic {
  private static final Pattern ASSIGNED = Pattern.compile("=[ \\t]*%(\\w+)([^\\r\\n]*)");
  private static final String CALL = "org.rayshell.kernel.compat.NotebookFunctions.lineMagic(";

  private AssignedMagic() {}

  /** The Java with calls in the place of such magics; lines stay where they are. */
  static String replaced(String java) {
    if (java.indexOf('%') < 0) {
      return java;
    }
    StringBuilder text = new StringBuilder();
    Matcher magic = ASSIGNED.matcher(java);
    int done = 0;
    while (magic.find()) {
      text.append(java, done, magic.start() + 1);
      done = magic.start() + 1;
      if (StatementStart.afterAssignment(text.toString())) {
        text.append(' ').append(call(magic.group(1), magic.group(2)));
        done = magic.end();
      }
    }
    return text.append(java, done, java.length()).toString();
  }

  private static String call(String name, String arguments) {
    String raw = arguments.strip();
    List<String> words = Words.split(raw.endsWith(";") ? raw.substring(0, raw.length() - 1) : raw);
    return CALL
        + literal(name)
        + words.stream()
            .map(AssignedMagic::literal)
            .collect(Collectors.joining(", ", ", java.util.List.of(", "));"));
  }

  private static String literal(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
