package org.rayshell.kernel.hint;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.tools.Diagnostic;
import org.rayshell.kernel.eval.ParseTask;

/** The parsed text of a snippet, whatever that is. Immutable. */
public final class SourceTree {
  /** As members, statements or an expression: that which has no errors, or the fewest. */
  private static final List<String> HEADS =
      List.of("class $ {", "class $ {{", "class $ {Object $ =");

  private final CompilationUnitTree unit;
  private final SourcePositions positions;
  private final int shift;

  private SourceTree(CompilationUnitTree unit, SourcePositions positions, int shift) {
    this.unit = unit;
    this.positions = positions;
    this.shift = shift;
  }

  /** Parses it; what has errors is parsed as far as that goes. */
  public static SourceTree of(String source) {
    SourceTree best = null;
    int fewest = Integer.MAX_VALUE;
    for (String head : HEADS) {
      AtomicInteger errors = new AtomicInteger();
      SourceTree tree = parse(head, source, errors);
      if (errors.get() < fewest) {
        fewest = errors.get();
        best = tree;
      }
    }
    return best;
  }

  private static SourceTree parse(String head, String source, AtomicInteger errors) {
    String text = head + source + "\n;" + (head.endsWith("{{") ? "}}" : "}");
    JavacTask task =
        ParseTask.of(
            text,
            problem -> {
              if (problem.getKind() == Diagnostic.Kind.ERROR) {
                errors.incrementAndGet();
              }
            });
    try {
      CompilationUnitTree unit = task.parse().iterator().next();
      return new SourceTree(unit, Trees.instance(task).getSourcePositions(), head.length());
    } catch (IOException e) {
      throw new IllegalStateException("parsing a string failed", e);
    }
  }

  /** What it declares first, or its first statement; null if that does not parse. */
  public Tree first() {
    if (unit.getTypeDecls().getFirst() instanceof ClassTree type) {
      for (Tree member : type.getMembers()) {
        boolean ofStatements =
            member instanceof BlockTree block && start(member) < 0 && !block.isStatic();
        if (!ofStatements) {
          return member;
        }
        List<? extends StatementTree> statements = ((BlockTree) member).getStatements();
        return statements.isEmpty() ? null : statements.getFirst();
      }
    }
    return null;
  }

  /** Where the tree begins in the snippet. */
  public int start(Tree tree) {
    return (int) positions.getStartPosition(unit, tree) - shift;
  }

  /** Where the tree ends in the snippet, exclusive. */
  public int end(Tree tree) {
    return (int) positions.getEndPosition(unit, tree) - shift;
  }

  /** Goes through the whole. */
  public void scan(TreeScanner<Void, Void> scanner) {
    scanner.scan(unit, null);
  }

  /** The names of the variables, parameters and fields that it declares. */
  Set<String> variables() {
    Set<String> names = new LinkedHashSet<>();
    scan(
        new TreeScanner<>() {
          @Override
          public Void visitVariable(VariableTree variable, Void nothing) {
            names.add(variable.getName().toString());
            return super.visitVariable(variable, nothing);
          }
        });
    names.removeAll(List.of("", "$"));
    return names;
  }

  /** The names of the methods that it declares. */
  Set<String> methods() {
    Set<String> names = new LinkedHashSet<>();
    scan(
        new TreeScanner<>() {
          @Override
          public Void visitMethod(MethodTree method, Void nothing) {
            names.add(method.getName().toString());
            return super.visitMethod(method, nothing);
          }
        });
    names.remove("<init>");
    return names;
  }

  /** All names that it declares: of types, methods and variables, at whatever depth. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(variables());
    names.addAll(methods());
    scan(
        new TreeScanner<>() {
          @Override
          public Void visitClass(ClassTree type, Void nothing) {
            names.add(type.getSimpleName().toString());
            return super.visitClass(type, nothing);
          }
        });
    names.removeAll(List.of("", "$"));
    return names;
  }

  /** The innermost lambda or method around a place; null if there is none. */
  Tree bodyAround(int place) {
    Tree[] found = new Tree[1];
    new TreePathScanner<Void, Void>() {
      @Override
      public Void scan(Tree tree, Void nothing) {
        boolean around = tree != null && start(tree) <= place && place < end(tree);
        if (around && (tree instanceof LambdaExpressionTree || tree instanceof MethodTree)) {
          found[0] = tree;
        }
        return super.scan(tree, nothing);
      }
    }.scan(new TreePath(unit), null);
    return found[0];
  }
}
