package org.rayshell.kernel.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;

/**
 * Gives JShell other words for what it would not take as it is meant.
 *
 * <p>{@code var x = f()} becomes {@code int x = f()}: a variable of a written type keeps its value
 * when {@code f} gets another type. The constructors of a record become public, since JShell makes
 * the record public, and a canonical constructor must not be less accessible than its record.
 */
final class Rewriter {
  private static final Pattern VAR =
      Pattern.compile("((?:final\\s+)?)var(\\s+[\\p{javaJavaIdentifierPart}]+\\s*=(?!=))");

  private static final Pattern ANONYMOUS = Pattern.compile("\\bnew\\b[^;]*\\)\\s*\\{");

  /** Types that can be written; captured and intersection types cannot. */
  private static final Pattern WRITABLE =
      Pattern.compile("[\\p{javaJavaIdentifierPart}.<>,\\[\\]\\s?]+");

  private Rewriter() {}

  private static final Pattern RECORD = Pattern.compile("\\brecord\\s");

  /** The snippet as the compiler is to see it. */
  static Rewritten rewrite(String source, SourceCodeAnalysis analysis) {
    return rewrite(source, analysis, List.of());
  }

  /**
   * The snippet as the compiler is to see it.
   *
   * @param more what else is to be changed, elsewhere in it
   */
  static Rewritten rewrite(String source, SourceCodeAnalysis analysis, List<Rewritten.Edit> more) {
    List<Rewritten.Edit> edits = new ArrayList<>(more);
    if (RECORD.matcher(source).find()) {
      SnippetParser.constructorsOfRecord(source)
          .forEach(at -> edits.add(new Rewritten.Edit(at, 0, "public ")));
    } else {
      Matcher var = VAR.matcher(source);
      String type = var.lookingAt() ? type(source.substring(var.end()).strip(), analysis) : null;
      if (type != null) {
        edits.add(new Rewritten.Edit(var.end(1), "var".length(), type));
      }
    }
    if (edits.size() > 1) {
      edits.sort(Comparator.comparingInt(Rewritten.Edit::at));
    }
    return Rewritten.of(source, edits);
  }

  /** The type to write for an initialiser; null if there is none. */
  private static String type(String initialiser, SourceCodeAnalysis analysis) {
    String value =
        initialiser.endsWith(";")
            ? initialiser.substring(0, initialiser.length() - 1).strip()
            : initialiser;
    if (value.isEmpty() || value.equals("null") || ANONYMOUS.matcher(value).find()) {
      return null;
    }
    String type = analysis.analyzeType(value, value.length());
    return type != null && WRITABLE.matcher(type).matches() ? type : null;
  }
}
