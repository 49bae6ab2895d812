package org.rayshell.kernel.hint;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** About types that do not fit. */
final class TypeHints {
  private static final Pattern CONVERTED =
      Pattern.compile("(?s).*?([\\w.$\\[\\]<>?, ]+) cannot be converted to ([\\w.$\\[\\]<>?, ]+)");
  private static final Pattern LOSSY =
      Pattern.compile("(?s).*possible lossy conversion from (\\w+) to (\\w+).*");
  private static final Pattern FOUND = Pattern.compile("found: +(\\w+)");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?s)[^=!<>]*[^=!<>+\\-*/%&|^]=(?!=).*");
  private static final Pattern NON_STATIC =
      Pattern.compile(
          "non-static (method|variable) ([^\\s(]+)(?:\\(.*\\))? cannot be referenced.*");

  private static final Map<String, String> BOXES =
      Map.of(
          "boolean", "Boolean",
          "byte", "Byte",
          "short", "Short",
          "char", "Character",
          "int", "Integer",
          "long", "Long",
          "float", "Float",
          "double", "Double");

  private static final Map<String, String> PARSERS =
      Map.of(
          "int", "Integer.parseInt(…)",
          "java.lang.Integer", "Integer.valueOf(…)",
          "long", "Long.parseLong(…)",
          "double", "Double.parseDouble(…)",
          "boolean", "Boolean.parseBoolean(…)");

  private TypeHints() {}

  /** About {@code incompatible types}. */
  static String ofConversion(Mistake mistake) {
    String message = mistake.message().lines().findFirst().orElse("");
    Matcher lossy = LOSSY.matcher(message);
    if (lossy.matches()) {
      return "write (%2$s) before it to cut it down, or make the variable a %1$s"
          .formatted(lossy.group(1), lossy.group(2));
    }
    message = message.substring(message.lastIndexOf(": ") + 1);
    Matcher converted = CONVERTED.matcher(message);
    if (!converted.matches()) {
      return "";
    }
    return conversion(converted.group(1).strip(), converted.group(2).strip(), mistake);
  }

  private static String conversion(String from, String to, Mistake mistake) {
    if (to.equals("boolean")) {
      String place = widened(mistake);
      if (ASSIGNMENT.matcher(place).matches()) {
        return "= assigns; == compares";
      }
      return BOXES.containsKey(from)
          ? "a condition is true or false: compare it, as in x != 0"
          : "";
    }
    if (from.equals("java.lang.String")) {
      return to.equals("char")
          ? "a char stands in single quotes: 'x'"
          : PARSERS.containsKey(to) ? PARSERS.get(to) + " reads it from the text" : "";
    }
    String inner = argument(from);
    if (from.startsWith("org.rayshell.ObjectRef<")) {
      return "it is a ref: Ray.get(…), or .get(), waits for its value";
    }
    if (from.startsWith("java.util.Optional<")) {
      return "it may be empty: .orElseThrow() or .orElse(…) gives the " + simple(inner);
    }
    if (from.startsWith("java.util.stream.") && to.startsWith("java.util.List<")) {
      return ".toList() ends the stream";
    }
    return to.equals("java.lang.String") ? "String.valueOf(…) makes text of it" : "";
  }

  /** The mistake with what stands before it in its parentheses: the compiler marks a part. */
  private static String widened(Mistake mistake) {
    int start = mistake.source().lastIndexOf('(', Math.max(0, mistake.start() - 1));
    int line = mistake.source().lastIndexOf('\n', Math.max(0, mistake.start() - 1));
    return start > line ? mistake.source().substring(start + 1, mistake.end()) : mistake.text();
  }

  private static String argument(String type) {
    int start = type.indexOf('<');
    return start < 0 ? type : type.substring(start + 1, type.length() - 1);
  }

  private static String simple(String type) {
    return NameHints.raw(type).substring(NameHints.raw(type).lastIndexOf('.') + 1);
  }

  /** About {@code unexpected type}. */
  static String ofUnexpected(Mistake mistake) {
    Matcher found = FOUND.matcher(mistake.message());
    boolean generic =
        mistake.message().contains("reference")
            && found.find()
            && BOXES.containsKey(found.group(1));
    return generic
        ? "type arguments are classes: "
            + BOXES.get(found.group(1))
            + " instead of "
            + found.group(1)
        : "";
  }

  /** About what needs an object. */
  static String ofNonStatic(Mistake mistake) {
    Matcher member = NON_STATIC.matcher(mistake.message());
    if (!member.matches()) {
      return "";
    }
    String name = member.group(2);
    if (name.equals("this") || name.equals("super")) {
      return "statements of a cell are in no class, so there is no " + name;
    }
    String of = mistake.text().replaceFirst("(?s)\\s*\\.\\s*" + Pattern.quote(name) + ".*", "");
    boolean written =
        !of.isBlank() && !of.equals(mistake.text()) && Character.isUpperCase(of.charAt(0));
    String which = member.group(1).equals("method") ? "()" : "";
    return written
        ? name + which + " belongs to each " + of + ": call it on one, not on the class"
        : name + which + " belongs to an object: name one before it, or make it static";
  }

  /** About {@code int cannot be dereferenced}. */
  static String ofPrimitive(Mistake mistake) {
    String type = mistake.message().replaceFirst(" cannot be dereferenced.*", "");
    return BOXES.containsKey(type)
        ? "a value of type "
            + type
            + " is no object and has no members; "
            + BOXES.get(type)
            + " has static ones, such as "
            + BOXES.get(type)
            + ".toString(x)"
        : "";
  }
}
