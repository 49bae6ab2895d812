package org.rayshell.runtime.code;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names in the user's words. */
final class Names {
  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.*)\\$\\d+");

  /** The method that JShell wraps the statements of a snippet in. */
  private static final String STATEMENTS = "do_it$";

  private Names() {}

  /** A method in backquotes; a lambda's body by the method it stands in. */
  static String quoted(Member method) {
    String name = outermost(method.name());
    return name.startsWith(STATEMENTS) ? "the cell's own code" : "`" + name + "`";
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
    return source != null && source.isSessionClass(element.getName().replace('.', '/'))
        ? type.getSimpleName()
        : type.getTypeName();
  }
}
