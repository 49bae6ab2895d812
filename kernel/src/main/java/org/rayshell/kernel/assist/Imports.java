package org.rayshell.kernel.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.kernel.eval.Typed;

/** Imports as they are written. */
final class Imports {
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^\\s*import\\s+([^;\\n]*?)\\s*(?:;|$)");

  private Imports() {}

  static boolean isImport(String snippet) {
    return snippet.stripLeading().matches("(?s)import\\b.*");
  }

  /** Those that what is typed sees: {@code java.util.*}, {@code static java.util.Map.entry}. */
  static List<String> visible(Evaluator evaluator, Typed typed) {
    List<String> all = new ArrayList<>(evaluator.definitions().imports());
    Matcher written = IMPORT.matcher(typed.imports());
    while (written.find()) {
      all.add(written.group(1).replaceAll("\\s+", " "));
    }
    return all;
  }
}
