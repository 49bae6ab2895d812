package org.rayshell.kernel.eval;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.VarSnippet;
import org.rayshell.kernel.hint.SourceTree;

/**
 * The variables that cells have declared {@code final}, which JShell makes variables like others.
 * They may be declared anew, but not be assigned to. Guarded by the compiling lock.
 */
final class FinalVariables {
  private static final Pattern FINAL =
      Pattern.compile(
          "\\s*(?:(?:@[\\w.]+(?:\\([^()]*\\))?|public|private|static)\\s+)*final\\s.*",
          Pattern.DOTALL);

  private final Set<String> names = new HashSet<>();

  /** A variable was declared. */
  void declared(VarSnippet variable) {
    if (FINAL.matcher(variable.source()).matches()) {
      names.add(variable.name());
    } else {
      names.remove(variable.name());
    }
  }

  /** What the snippet assigns to that it may not; mostly nothing. */
  List<EvalResult.Problem> assigned(Piece piece, JShell shell, Problems problems) {
    if (names.stream().noneMatch(piece.source()::contains)) {
      return List.of();
    }
    SourceTree tree = SourceTree.of(piece.source());
    Assignments assignments = new Assignments();
    tree.scan(assignments);
    List<EvalResult.Problem> found = new ArrayList<>();
    for (IdentifierTree each : assignments.targets) {
      String name = each.getName().toString();
      if (names.contains(name)
          && !assignments.own.contains(name)
          && shell.variables().anyMatch(known -> known.name().equals(name))) {
        int from = piece.start() + tree.start(each);
        found.add(
            problems.at(
                from, from + name.length(), "cannot assign a value to final variable " + name));
      }
    }
    return found;
  }

  /**
   * Why a snippet may not make a variable final: what the session has defined would assign to it.
   *
   * @param later what follows in the cell: what that defines anew does not count
   */
  List<EvalResult.Problem> assignedElsewhere(
      Piece piece, List<Piece> later, SessionParts session, Problems problems) {
    if (!FINAL.matcher(piece.source()).matches()) {
      return List.of();
    }
    SourceTree tree = SourceTree.of(piece.source());
    if (!(tree.first() instanceof VariableTree)) {
      return List.of();
    }
    Declared declared = new Declared();
    tree.scan(declared);
    Set<String> anew = new HashSet<>();
    later.forEach(each -> anew.addAll(SourceTree.of(each.source()).names()));
    List<EvalResult.Problem> found = new ArrayList<>();
    session
        .shell()
        .snippets()
        .forEach(each -> {
          if (each instanceof DeclarationSnippet user
              && session.shell().status(user).isActive()
              && !(user instanceof VarSnippet && declared.names.contains(user.name()))
              && !anew.contains(user.name())) {
            Set<String> targets = Assignments.in(user.source(), declared.names);
            targets.forEach(name ->
                found.add(
                    problems.at(
                        piece.start(),
                        piece.start() + piece.source().stripTrailing().length(),
                        name
                            + " cannot become final: "
                            + Missing.name(user)
                            + session.sources().whereFrom(user.id())
                            + " assigns to it; define that anew without, or leave out final")));
          }
        });
    return found;
  }

  /** The variables that a snippet declares for the session. */
  private static final class Declared extends TreeScanner<Void, Void> {
    final Set<String> names = new HashSet<>();

    @Override
    public Void visitVariable(VariableTree tree, Void nothing) {
      names.add(tree.getName().toString());
      // What is in its value is its own.
      return null;
    }
  }

  /** Names that are assigned to, and names of variables that the snippet has itself. */
  private static final class Assignments extends TreeScanner<Void, Void> {
    final List<IdentifierTree> targets = new ArrayList<>();
    final Set<String> own = new HashSet<>();

    /** Those of the names that the source assigns to and does not declare itself. */
    static Set<String> in(String source, Set<String> names) {
      if (names.stream().noneMatch(source::contains)) {
        return Set.of();
      }
      Assignments assignments = new Assignments();
      SourceTree.of(source).scan(assignments);
      Set<String> found = new TreeSet<>();
      assignments.targets.forEach(each -> found.add(each.getName().toString()));
      found.retainAll(names);
      found.removeAll(assignments.own);
      return found;
    }

    @Override
    public Void visitVariable(VariableTree tree, Void nothing) {
      own.add(tree.getName().toString());
      return super.visitVariable(tree, null);
    }

    @Override
    public Void visitAssignment(AssignmentTree tree, Void nothing) {
      target(tree.getVariable());
      return super.visitAssignment(tree, null);
    }

    @Override
    public Void visitCompoundAssignment(CompoundAssignmentTree tree, Void nothing) {
      target(tree.getVariable());
      return super.visitCompoundAssignment(tree, null);
    }

    @Override
    public Void visitUnary(UnaryTree tree, Void nothing) {
      switch (tree.getKind()) {
        case PREFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_INCREMENT, POSTFIX_DECREMENT ->
            target(tree.getExpression());
        default -> {}
      }
      return super.visitUnary(tree, null);
    }

    private void target(ExpressionTree tree) {
      if (tree instanceof IdentifierTree name) {
        targets.add(name);
      }
    }
  }
}
