package org.rayshell.kernel.hint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** About names that nobody knows: which import, or which other name may have been meant. */
final class NameHints {
  private static final Pattern SYMBOL =
      Pattern.compile(
          "symbol: +(class|interface|variable|method|constructor) (?:<.*>)?([^\\s(<]+)");
  private static final Pattern LOCATION =
      Pattern.compile("location: +(?:variable \\S+ of type|class|interface|enum|record) (\\S.*)");
  private static final Pattern PACKAGE = Pattern.compile("package (\\S+) does not exist");

  /** What a size is called elsewhere. */
  private static final List<String> SIZES = List.of("length", "size");

  private static final int MOST_IMPORTS = 4;

  private final Scope scope;

  NameHints(Scope scope) {
    this.scope = scope;
  }

  /** About {@code cannot find symbol}. */
  String of(Mistake mistake) {
    Matcher symbol = SYMBOL.matcher(mistake.message());
    if (!symbol.find()) {
      return "";
    }
    String name = symbol.group(2);
    Matcher location = LOCATION.matcher(mistake.message());
    if (location.find() && !location.group(1).isBlank()) {
      String member = ofMember(symbol.group(1), name, location.group(1).strip());
      if (!member.isEmpty() || isMember(mistake)) {
        return member;
      }
    }
    return ofName(symbol.group(1), name, SourceTree.of(mistake.source()));
  }

  /** About {@code package a.b does not exist}, of an import or in a name with dots. */
  String ofPackage(Mistake mistake) {
    Matcher found = PACKAGE.matcher(mistake.message());
    if (!found.find()) {
      return "";
    }
    String name = found.group(1);
    if (!name.contains(".")) {
      // Such as Lsit.of(1), read as a package by the compiler.
      String hint = ofName("class", name, SourceTree.of(mistake.source()));
      return hint.isEmpty() ? library(name) : hint;
    }
    String last = mistake.text().substring(mistake.text().lastIndexOf('.') + 1).strip();
    boolean ofJdk = name.startsWith("java") && last.matches("\\w+");
    List<String> elsewhere = ofJdk ? imports(last) : List.of();
    return elsewhere.isEmpty() ? library(name) : which(elsewhere);
  }

  private static String library(String name) {
    return "no jar on the class path has "
        + name
        + ": %maven GROUP:ARTIFACT:VERSION adds a library, %classpath FILE a jar";
  }

  /** About a name that a definition uses and that is not there yet. */
  String ofMissing(String kind, String name) {
    return ofName(kind, name, null);
  }

  /** Whether the name stands behind a dot. */
  private static boolean isMember(Mistake mistake) {
    String text = mistake.text();
    return text.matches("(?s).*\\.\\s*[\\p{javaJavaIdentifierPart}]+")
        || mistake.source().substring(0, mistake.start()).stripTrailing().endsWith(".");
  }

  private String ofName(String kind, String name, SourceTree source) {
    if (name.matches("_\\d+|__|Out|\\$\\d+")) {
      return "the result of In [3] is _3, as long as that is kept, and the last one is __";
    }
    String hindrance = scope.hindrance(name);
    if (!hindrance.isEmpty()) {
      return hindrance;
    }
    List<String> imports =
        kind.equals("class") || kind.equals("variable") && Character.isUpperCase(name.charAt(0))
            ? imports(name)
            : List.of();
    if (!imports.isEmpty()) {
      return which(imports);
    }
    Collection<String> known =
        new ArrayList<>(
            switch (kind) {
              case "method" -> scope.methods();
              case "variable" -> scope.variables();
              default -> scope.types();
            });
    if (source != null && kind.equals("variable")) {
      known.addAll(source.variables());
    } else if (source != null && kind.equals("method")) {
      known.addAll(source.methods());
    }
    if (Character.isUpperCase(name.charAt(0)) && !kind.equals("method")) {
      known.addAll(scope.types());
      known.addAll(PublicTypes.of(scope.packages()));
    }
    List<String> near = NearNames.of(name, known);
    if (!near.isEmpty()) {
      return NearNames.question(near);
    }
    return kind.equals("class") && source != null
        ? "no cell defines "
            + name
            + ", and nothing on the class path has it: %maven GROUP:ARTIFACT:VERSION adds a library"
        : "";
  }

  private List<String> imports(String name) {
    return new ImportCandidates(scope).of(name);
  }

  private static String which(List<String> names) {
    if (names.size() == 1) {
      return "import " + names.getFirst() + ";";
    }
    List<String> shown = names.subList(0, Math.min(names.size(), MOST_IMPORTS));
    String more = names.size() > shown.size() ? ", …" : "";
    return "import one of " + String.join(", ", shown) + more;
  }

  private String ofMember(String kind, String name, String type) {
    if (type.endsWith("[]")) {
      return SIZES.contains(name) || name.equals("count")
          ? "an array has length, without parentheses"
          : NearNames.question(NearNames.of(name, List.of("length", "clone")));
    }
    Class<?> owner = scope.type(raw(type));
    if (owner == null) {
      return "";
    }
    Map<String, Collection<String>> members =
        Map.of("method", Members.methods(owner), "variable", Members.fields(owner));
    boolean method = kind.equals("method");
    Collection<String> same = members.get(method ? "method" : "variable");
    Collection<String> others = members.get(method ? "variable" : "method");
    if (others.contains(name)) {
      return method
          ? name + " is a field of " + simple(type) + ": no parentheses"
          : name + " is a method of " + simple(type) + ": " + name + "()";
    }
    if (SIZES.contains(name)) {
      for (String each : SIZES) {
        if (members.get("method").contains(each)) {
          return "a " + simple(type) + " has " + each + "()";
        }
      }
    }
    return NearNames.question(NearNames.of(name, same));
  }

  static String raw(String type) {
    int arguments = type.indexOf('<');
    return arguments < 0 ? type : type.substring(0, arguments);
  }

  private static String simple(String type) {
    String raw = raw(type);
    return raw.substring(raw.lastIndexOf('.') + 1);
  }
}
