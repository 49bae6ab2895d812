package org.rayshell.kernel.assist;

import java.util.regex.Pattern;
import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.kernel.session.Engine.Completeness;

/** Tells a console whether code is ready to run. Thread-safe. */
public final class CompletenessCheck {
  private static final String STEP = "    ";

  // JShell takes them for whole.
  private static final Pattern ANNOTATIONS =
      Pattern.compile("(^|[;}\\n])\\s*(@[\\w.]+(\\([^()]*\\))?\\s*)+$");

  private final Evaluator evaluator;

  /** A check by the evaluator's parser. */
  public CompletenessCheck(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** {@code complete}, {@code incomplete} with the next line's indent, or {@code invalid}. */
  public Completeness check(String code) {
    if (ANNOTATIONS.matcher(code).find()) {
      return new Completeness("incomplete", indent(code));
    }
    return switch (evaluator.drafts().completeness(code)) {
      case EMPTY, COMPLETE, COMPLETE_WITH_SEMI -> new Completeness("complete", "");
      case CONSIDERED_INCOMPLETE, DEFINITELY_INCOMPLETE ->
          new Completeness("incomplete", indent(code));
      case UNKNOWN -> new Completeness("invalid", "");
    };
  }

  /** That of the last line that is not blank, and a step more after an opening bracket. */
  private static String indent(String code) {
    String text = code.stripTrailing();
    String line = text.substring(text.lastIndexOf('\n') + 1);
    String indent = line.substring(0, line.length() - line.stripLeading().length());
    boolean opens = text.endsWith("{") || text.endsWith("(") || text.endsWith("[");
    return opens ? indent + STEP : indent;
  }
}
