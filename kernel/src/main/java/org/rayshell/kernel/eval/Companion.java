package org.rayshell.kernel.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * The source of the type that stands for a remote function by its name, so that {@code f.remote(…)}
 * compiles: one {@code remote} for each way to give values and refs; the same of {@code remoteMany}
 * and {@code remoteStream} if what it returns has elements.
 *
 * <p>Of up to four parameters each may be a value or a ref, statically checked. With more there is
 * one method for values alone, and one that takes objects and checks them when it is called.
 *
 * <p>All but those for values alone take an empty {@code Void...} more, which calls and method
 * references need not know: the compiler looks at them only if the values' method does not fit, so
 * that neither null nor boxing is ambiguous. Where two such methods would have one erasure, as for
 * the refs of {@code f(int)} and {@code f(String)}, the later ones' is an array of it.
 *
 * <p>The source names neither the method nor its result beyond its type, so it compiles before the
 * method does and changes only with the signature.
 */
public final class Companion {
  private static final int MOST_TYPED = 4;
  private static final String MARKER = "Void";
  private static final Pattern MARKER_PARAMETER =
      Pattern.compile("(, ?)?(java\\.lang\\.)?Void(\\[\\])*\\.\\.\\.( \\$unused)?");
  private static final String REF = "org.rayshell.ObjectRef";
  private static final String CHANGE = "java.util.function.UnaryOperator<org.rayshell.TaskOptions>";

  private static final Map<String, String> BOXES =
      Map.of(
          "int", "Integer",
          "long", "Long",
          "double", "Double",
          "float", "Float",
          "short", "Short",
          "byte", "Byte",
          "char", "Character",
          "boolean", "Boolean",
          "void", "Void");

  private final String name;
  private final List<RemoteMethod> overloads;

  private Companion(String name, List<RemoteMethod> overloads) {
    this.name = name;
    this.overloads = overloads;
  }

  /** The declaration for all overloads of a name. */
  static String source(String name, List<RemoteMethod> overloads) {
    return new Companion(name, overloads).source();
  }

  /** A signature or message in which such a declaration appears, without what is only its own. */
  public static String readable(String text) {
    return MARKER_PARAMETER.matcher(text).replaceAll("");
  }

  private String source() {
    StringBuilder out = new StringBuilder("final class " + name + " {\n");
    out.append("  private ").append(name).append("() {}\n");
    for (RemoteKind kind : kinds()) {
      out.append(
          """
            private static <$R> %1$s $%2$s(String $key, %3$s $change, Object[] $args) {
              return org.rayshell.runtime.code.RemoteCalls.%2$s(%4$s.class, "%4$s", $key, $change, $args);
            }
          """
              .formatted(kind.of("$R"), kind.call, CHANGE, name));
    }
    methods(out, "  static ", "null");
    out.append("  static $Configured options(").append(CHANGE).append(" change) {\n");
    out.append("    return new $Configured(change);\n  }\n");
    out.append("  static final class $Configured {\n");
    out.append("    private final ").append(CHANGE).append(" $change;\n");
    out.append("    private $Configured(").append(CHANGE).append(" change) {\n");
    out.append("      $change = java.util.Objects.requireNonNull(change, \"options\");\n    }\n");
    methods(out, "    ", "this.$change");
    return out.append("  }\n}").toString();
  }

  /** The kinds that some overload has. */
  private List<RemoteKind> kinds() {
    return Arrays.stream(RemoteKind.values())
        .filter(kind -> overloads.stream().anyMatch(each -> kind.type(each.returnType()) != null))
        .toList();
  }

  private void methods(StringBuilder out, String modifiers, String change) {
    for (RemoteKind kind : kinds()) {
      Set<List<String>> erasures = new HashSet<>();
      for (RemoteMethod each : overloads) {
        if (kind.type(each.returnType()) != null) {
          methods(new Family(out, modifiers, change, kind, each, erasures));
        }
      }
    }
  }

  private void methods(Family family) {
    int params = family.method.params().size();
    if (params <= MOST_TYPED) {
      for (int refs = 0; refs < 1 << params; refs++) {
        typed(family, refs);
      }
    } else {
      typed(family, 0);
      checked(family);
    }
  }

  /**
   * The methods of one kind for one overload.
   *
   * @param erasures those that are taken, of this kind
   */
  private record Family(
      StringBuilder out,
      String modifiers,
      String change,
      RemoteKind kind,
      RemoteMethod method,
      Set<List<String>> erasures) {

    void head(StringJoiner params) {
      out.append(modifiers);
      if (!method.typeParameters().isEmpty()) {
        out.append('<').append(String.join(", ", method.typeParameters())).append("> ");
      }
      out.append(kind.type(method.returnType())).append(' ').append(kind.method).append('(');
      out.append(params).append(") {\n");
    }

    void call() {
      StringJoiner args = new StringJoiner(", ", "new Object[] {", "}");
      method.params().forEach(param -> args.add(param.name()));
      out.append("    return $").append(kind.call).append("(\"").append(method.key());
      out.append("\", ").append(change).append(", ").append(args).append(");\n  }\n");
    }
  }

  private void typed(Family family, int refs) {
    RemoteMethod method = family.method;
    StringJoiner params = new StringJoiner(", ");
    List<String> erasure = new ArrayList<>();
    boolean varargs = false;
    boolean yields = false;
    for (int i = 0; i < method.params().size(); i++) {
      RemoteMethod.Param param = method.params().get(i);
      boolean byRef = (refs >> i & 1) == 1;
      if (byRef && param.isRef()) {
        return;
      }
      if (byRef) {
        params.add(REF + "<" + boxed(param.type()) + "> " + param.name());
        erasure.add("ObjectRef");
        // Of an object and a ref the compiler chooses the ref by itself.
        yields |= !param.erased().equals("Object");
      } else if (param.varargs()) {
        params.add(param.type().substring(0, param.type().length() - 2) + "... " + param.name());
        erasure.add(param.erased());
        varargs = true;
      } else {
        params.add(param.type() + " " + param.name());
        erasure.add(param.erased());
      }
    }
    String marker = yields && !varargs ? MARKER : "";
    while (!family.erasures.add(marked(erasure, marker))) {
      if (varargs) {
        return;
      }
      marker = marker.isEmpty() ? MARKER : marker + "[]";
    }
    if (!marker.isEmpty()) {
      params.add(marker + "... $unused");
    }
    family.head(params);
    family.call();
  }

  private void checked(Family family) {
    StringJoiner params = new StringJoiner(", ");
    List<String> erasure = new ArrayList<>();
    StringBuilder checks = new StringBuilder();
    for (RemoteMethod.Param param : family.method.params()) {
      params.add("Object " + param.name());
      erasure.add("Object");
      String type = boxed(param.raw());
      boolean primitive = BOXES.containsKey(param.raw());
      checks.append(
          """
              if (!(%1$s instanceof %2$s || %1$s instanceof %3$s<?>%4$s)) {
                throw new IllegalArgumentException("%5$s: argument %1$s must be of type %6$s or a ref of one: %1$s=" + %1$s);
              }
          """
              .formatted(
                  param.name(),
                  type,
                  REF,
                  primitive ? "" : " || " + param.name() + " == null",
                  name,
                  param.raw()));
    }
    params.add(MARKER + "... $unused");
    if (family.erasures.add(marked(erasure, MARKER))) {
      family.head(params);
      family.out.append(checks);
      family.call();
    }
  }

  private static List<String> marked(List<String> erasure, String marker) {
    List<String> all = new ArrayList<>(erasure);
    if (!marker.isEmpty()) {
      all.add(marker + "[]");
    }
    return all;
  }

  static String boxed(String type) {
    return BOXES.getOrDefault(type, type);
  }
}
