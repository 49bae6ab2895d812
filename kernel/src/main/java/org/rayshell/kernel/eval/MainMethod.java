package org.rayshell.kernel.eval;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.rayshell.kernel.hint.SourceTree;

/**
 * The {@code main} of a cell that does nothing but declare: running such a cell runs it, as {@code
 * java File.java} does.
 */
final class MainMethod {
  private static final Pattern MENTION = Pattern.compile("\\bmain\\s*\\(");
  private static final Set<String> ARGUMENTS = Set.of("String[]", "java.lang.String[]");

  private MainMethod() {}

  /**
   * A call of it.
   *
   * @param declared the snippet that declares it
   * @param source of the call, a statement
   */
  record Call(Piece declared, String source) {}

  /** The call for the first one there is; null if there is none, or if the cell does more. */
  static Call in(List<Piece> pieces) {
    if (!mentioned(pieces)) {
      return null;
    }
    Call ofCell = null;
    Call ofType = null;
    for (Piece each : pieces) {
      if (each.source().startsWith("import")) {
        continue;
      }
      switch (SourceTree.of(each.source()).first()) {
        case MethodTree method when isMain(method) ->
            ofCell = ofCell == null ? new Call(each, call("", method)) : ofCell;
        case MethodTree method when method.getReturnType() != null -> {}
        case ClassTree type -> {
          String call = ofType(type);
          if (ofType == null && call != null) {
            ofType = new Call(each, call);
          }
        }
        case ImportTree _ -> {}
        case null, default -> {
          return null;
        }
      }
    }
    return ofCell == null ? ofType : ofCell;
  }

  /** Asked of each cell: without a lambda, which would be a class made in the first one. */
  private static boolean mentioned(List<Piece> pieces) {
    for (Piece each : pieces) {
      if (MENTION.matcher(each.source()).find()) {
        return true;
      }
    }
    return false;
  }

  private static String ofType(ClassTree type) {
    return type.getMembers().stream()
        .filter(each -> each instanceof MethodTree method && isMain(method))
        .map(MethodTree.class::cast)
        .filter(each -> isStatic(each) || hasDefaultConstructor(type))
        // The launcher takes the one with arguments first.
        .max(Comparator.comparingInt(each -> each.getParameters().size()))
        .map(each -> {
          String name = type.getSimpleName().toString();
          return call(isStatic(each) ? name + "." : "new " + name + "().", each);
        })
        .orElse(null);
  }

  private static String call(String of, MethodTree method) {
    return of + "main(" + (method.getParameters().isEmpty() ? "" : "new String[0]") + ");";
  }

  private static boolean isMain(MethodTree method) {
    List<? extends VariableTree> parameters = method.getParameters();
    return method.getName().contentEquals("main")
        && method.getReturnType() != null
        && method.getReturnType().toString().equals("void")
        && !method.getModifiers().getFlags().contains(Modifier.PRIVATE)
        && !method.getModifiers().getFlags().contains(Modifier.ABSTRACT)
        && (parameters.isEmpty()
            || parameters.size() == 1
                && ARGUMENTS.contains(parameters.getFirst().getType().toString()));
  }

  private static boolean isStatic(MethodTree method) {
    return method.getModifiers().getFlags().contains(Modifier.STATIC);
  }

  private static boolean hasDefaultConstructor(ClassTree type) {
    List<MethodTree> constructors =
        type.getMembers().stream()
            .filter(each -> each instanceof MethodTree method && method.getReturnType() == null)
            .map(MethodTree.class::cast)
            .toList();
    return type.getKind() == Tree.Kind.CLASS
        && !type.getModifiers().getFlags().contains(Modifier.ABSTRACT)
        && (constructors.isEmpty()
            || constructors.stream().anyMatch(each -> each.getParameters().isEmpty()));
  }
}
