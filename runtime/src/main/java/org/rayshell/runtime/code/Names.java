package org.rayshell.runtime.code;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rayshell.runtime.store.Lambdas;

/** Names in the user's words. */
final class Names {
  /** The compiler adds a hash to the name if the lambda is serializable in the source. */
  private static final Pattern LAMBDA =
      Pattern.compile("lambda\\$(.*?)(?:\\$[0-9a-f]{1,8})?\\$\\d+");

  /** The method that JShell wraps the statements of a snippet in. */
  private static final String STATEMENTS = "do_it$";

  private Names() {}

  /** A method in backquotes and its cell; a lambda's body by the method it stands in. */
  static String quoted(Member method, CodeSource source) {
    String name = outermost(method.name());
    return name.startsWith(STATEMENTS)
        ? "the cell's own code"
        : "`" + name + "` (" + source.describe(method.owner()) + ")";
  }

  private static String outermost(String method) {
    Matcher lambda = LAMBDA.matcher(method);
    return lambda.matches() ? outermost(lambda.group(1)) : method;
  }

  /** Whether the method is the body of a lambda. */
  static boolean isLambda(String method) {
    return LAMBDA.matcher(method).matches();
  }

  /** A type as the user wrote it: session types by their simple names. */
  static String ofType(Class<?> type, CodeSource source) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.componentType();
    }
    if (Lambdas.isLambda(element)) {
      String name = element.getTypeName();
      return "lambda of " + name.substring(0, name.indexOf("$$Lambda"));
    }
    return source != null && source.isSessionClass(element.getName().replace('.', '/'))
        ? type.getSimpleName()
        : type.getTypeName();
  }
}
