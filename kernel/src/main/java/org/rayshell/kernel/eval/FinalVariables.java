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
import java.util.regex.Pattern;
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

  /** Names that are assigned to, and names of variables that the snippet has itself. */
  private static final class Assignments extends TreeScanner<Void, Void> {
    final List<IdentifierTree> targets = new ArrayList<>();
    final Set<String> own = new HashSet<>();

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
