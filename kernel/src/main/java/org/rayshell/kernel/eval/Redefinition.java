package org.rayshell.kernel.eval;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;
import org.rayshell.kernel.eval.SnippetParser.Declared;

/**
 * A snippet that may define anew what there is. JShell would drop the former definition, with all
 * that depends on it, before it finds the errors of the new one; so that is tried first.
 *
 * <p>Guarded by the compiling lock.
 *
 * @param tree null if it is not known
 * @param given what the compiler is given in place of the piece
 */
record Redefinition(JShell shell, Piece piece, Tree tree, Rewritten given) {
  /** What all errors begin with that a later definition may put right. */
  static final String UNRESOLVED = "compiler.err.cant.resolve";

  /** Of a sealed type and its members each is at odds with what the others were before. */
  private static final Set<String> OF_SEALED_FAMILIES =
      Set.of("compiler.err.invalid.permits.clause", "compiler.err.cant.inherit.from.sealed");

  private static final Pattern STATIC = Pattern.compile("\\bstatic\\b");

  /** The errors for which it is not to be tried in earnest; none if it defines something new. */
  List<EvalResult.Problem> problems(Problems problems) {
    if (!redefines()) {
      return List.of();
    }
    Trial trial = attempt(given);
    if (trial.only() instanceof MethodSnippet method && !trial.errors().isEmpty()) {
      String overloads = overloads(method);
      if (!overloads.isEmpty()) {
        // It may call them, and on its own it hides them.
        Rewritten together = among(overloads);
        return attempt(together).problems(piece, together, problems);
      }
    }
    return trial.problems(piece, given, problems);
  }

  private record Trial(List<Snippet> snippets, List<Diag> errors) {
    /** The snippet if it is one; null if it is several. */
    Snippet only() {
      return snippets.size() == 1 ? snippets.getFirst() : null;
    }

    List<EvalResult.Problem> problems(Piece piece, Rewritten given, Problems problems) {
      boolean mayWait = snippets.stream().noneMatch(VarSnippet.class::isInstance);
      return mayWait && errors.stream().allMatch(each -> each.getCode().startsWith(UNRESOLVED))
          ? List.of()
          : problems.of(piece, given, errors);
    }
  }

  private Trial attempt(Rewritten source) {
    SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
    List<Snippet> snippets = analysis.sourceToSnippets(source.source());
    List<Diag> errors = new ArrayList<>();
    for (Snippet each : snippets) {
      shell
          .diagnostics(each)
          .filter(Diag::isError)
          .filter(error -> !OF_SEALED_FAMILIES.contains(error.getCode()))
          .forEach(errors::add);
    }
    return new Trial(snippets, errors);
  }

  /** The sources of the other methods of the name. */
  private String overloads(MethodSnippet method) {
    return shell
        .methods()
        .filter(each ->
            each.name().equals(method.name())
                && !each.parameterTypes().equals(method.parameterTypes()))
        .map(each -> modifier(each.source()) + each.source())
        .collect(Collectors.joining("\n"));
  }

  private Rewritten among(String overloads) {
    List<Rewritten.Edit> edits = new ArrayList<>();
    edits.add(new Rewritten.Edit(0, 0, "class $Overloads {\n" + modifier(piece.source())));
    edits.addAll(given.edits());
    edits.add(new Rewritten.Edit(piece.source().length(), 0, "\n" + overloads + "\n}"));
    return Rewritten.of(piece.source(), edits);
  }

  /** Makes methods of a class what those of a session are, whether they say so or not. */
  private static String modifier(String source) {
    return STATIC.matcher(source).find() ? "" : "static ";
  }

  private boolean redefines() {
    return switch (tree) {
      case MethodTree method -> isDefined(shell.methods(), method.getName().toString());
      case ClassTree type -> isDefinedType(type.getSimpleName().toString());
      case VariableTree variable -> isDefined(shell.variables(), variable.getName().toString());
      case null ->
          switch (SnippetParser.declared(piece.source())) {
            case Declared.Function(RemoteMethod method) ->
                isDefined(shell.methods(), method.name());
            case Declared.Method(String name) -> isDefined(shell.methods(), name);
            case Declared.Type(String name, _, _) -> isDefinedType(name);
            case Declared.Variable(String name, _, _) -> isDefined(shell.variables(), name);
            case Declared.Other() -> false;
          };
      default -> false;
    };
  }

  private boolean isDefinedType(String name) {
    return isDefined(shell.types().filter(each -> !CellEffects.isStandIn(each)), name);
  }

  private static boolean isDefined(Stream<? extends PersistentSnippet> snippets, String name) {
    return snippets.anyMatch(each -> each.name().equals(name));
  }
}
