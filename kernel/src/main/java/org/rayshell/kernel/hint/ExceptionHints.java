package org.rayshell.kernel.hint;

import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** About checked exceptions that nobody declares or catches. */
final class ExceptionHints {
  private static final Pattern UNREPORTED = Pattern.compile("unreported exception ([\\w.$]+)");
  private static final Pattern THROWN =
      Pattern.compile("incompatible thrown types ([\\w.$,]+) in functional expression");

  private ExceptionHints() {}

  /** About {@code unreported exception}. */
  static String ofUnreported(Mistake mistake) {
    Matcher found = UNREPORTED.matcher(mistake.message());
    if (!found.find()) {
      return "";
    }
    String name = simple(found.group(1));
    return switch (SourceTree.of(mistake.source()).bodyAround(mistake.start())) {
      case LambdaExpressionTree _ -> inLambda(name);
      case MethodTree method when method.getReturnType() != null ->
          "write throws "
              + name
              + " behind the parameters of "
              + method.getName()
              + ", or catch it";
      case null, default -> "catch it: try { … } catch (" + name + " e) { … }";
    };
  }

  /** About a method reference whose method throws. */
  static String ofReference(Mistake mistake) {
    Matcher found = THROWN.matcher(mistake.message());
    return found.find() ? inLambda(simple(found.group(1))) : "";
  }

  private static String inLambda(String name) {
    return "the interface of this lambda lets no "
        + name
        + " through: catch it within, and throw an unchecked one such as new "
        + (name.equals("IOException") ? "UncheckedIOException(e)" : "RuntimeException(e)");
  }

  private static String simple(String name) {
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
  }
}
