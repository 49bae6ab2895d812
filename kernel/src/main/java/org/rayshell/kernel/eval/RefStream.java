package org.rayshell.kernel.eval;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.SourceCodeAnalysis;

/**
 * A stream of refs that an expression made and that nobody else has, so that it may be run to show
 * it. Only the compiler can tell: a stream says nothing of its elements before it is run.
 *
 * @param stream not yet run
 */
public record RefStream(Stream<?> stream) {
  private static final Pattern TYPE =
      Pattern.compile(
          "(?:java\\.util\\.stream\\.)?Stream<(?:\\? extends )?(?:org\\.rayshell\\.)?ObjectRef\\b.*");
  private static final Pattern NAME = Pattern.compile("\\p{javaJavaIdentifierPart}+");

  /** The value of the expression as it is to be shown. Under the compiling lock. */
  static Object of(Object value, String expression, SourceCodeAnalysis analysis) {
    // What a variable holds is to be run by its cells, which can do so once.
    if (!(value instanceof Stream<?> stream) || NAME.matcher(expression).matches()) {
      return value;
    }
    String type = analysis.analyzeType(expression, expression.length());
    return type != null && TYPE.matcher(type).matches() ? new RefStream(stream) : value;
  }

  /** That of the stream. */
  @Override
  public String toString() {
    return stream.toString();
  }
}
