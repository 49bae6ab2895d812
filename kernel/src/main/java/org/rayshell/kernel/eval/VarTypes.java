package org.rayshell.kernel.eval;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;

/**
 * Turns {@code var x = f()} into {@code int x = f()}: a variable of a written type keeps its value
 * when {@code f} gets another type.
 */
final class VarTypes {
  private static final Pattern VAR =
      Pattern.compile("((?:final\\s+)?)var(\\s+[\\p{javaJavaIdentifierPart}]+\\s*=(?!=))");

  private static final Pattern ANONYMOUS = Pattern.compile("\\bnew\\b[^;]*\\)\\s*\\{");

  /** Types that can be written; captured and intersection types cannot. */
  private static final Pattern WRITABLE =
      Pattern.compile("[\\p{javaJavaIdentifierPart}.<>,\\[\\]\\s?]+");

  private VarTypes() {}

  /** The snippet with the type written out, or as it was. */
  static String written(String source, SourceCodeAnalysis analysis) {
    Matcher var = VAR.matcher(source);
    if (!var.lookingAt()) {
      return source;
    }
    String value = source.substring(var.end()).strip();
    value = value.endsWith(";") ? value.substring(0, value.length() - 1).strip() : value;
    if (value.isEmpty() || value.equals("null") || ANONYMOUS.matcher(value).find()) {
      return source;
    }
    String type = analysis.analyzeType(value, value.length());
    return type == null || !WRITABLE.matcher(type).matches()
        ? source
        : var.group(1) + type + var.group(2) + source.substring(var.end());
  }
}
