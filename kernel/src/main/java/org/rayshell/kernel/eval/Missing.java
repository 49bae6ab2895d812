package org.rayshell.kernel.eval;

import java.util.List;
import java.util.Locale;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.VarSnippet;

/** Words for a definition that uses what is not defined yet. */
final class Missing {
  private Missing() {}

  /** Such as {@code method f(int) cannot be invoked until class A is declared}. */
  static String sentence(JShell shell, DeclarationSnippet snippet, String adverb) {
    return name(snippet) + adverb + " cannot be " + used(snippet) + missing(shell, snippet);
  }

  /** Such as {@code method f(int)}. */
  static String name(DeclarationSnippet snippet) {
    return switch (snippet) {
      case MethodSnippet method -> "method " + method.name() + "(" + method.parameterTypes() + ")";
      case VarSnippet variable -> "variable " + variable.name();
      default -> "class " + snippet.name();
    };
  }

  private static String used(DeclarationSnippet snippet) {
    return switch (snippet) {
      case MethodSnippet _ -> "invoked";
      case VarSnippet _ -> "used";
      default -> "instantiated or its methods invoked";
    };
  }

  private static String missing(JShell shell, DeclarationSnippet snippet) {
    List<String> names = shell.unresolvedDependencies(snippet).toList();
    return switch (names.size()) {
      case 0 ->
          shell
              .diagnostics(snippet)
              .filter(Diag::isError)
              .map(each -> ": " + CompilerWords.readable(each.getMessage(Locale.ENGLISH)))
              .findFirst()
              .orElse(" as it is");
      case 1 -> " until " + names.get(0) + " is declared";
      default ->
          " until "
              + String.join(", ", names.subList(0, names.size() - 1))
              + " and "
              + names.getLast()
              + " are declared";
    };
  }
}
