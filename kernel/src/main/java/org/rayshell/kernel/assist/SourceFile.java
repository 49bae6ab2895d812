package org.rayshell.kernel.assist;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import org.rayshell.kernel.eval.ParseTask;

/** A source file, parsed: finds declarations in it. Guarded by its {@link Sources}. */
final class SourceFile implements Declarations {
  private final String text;
  private final CompilationUnitTree unit;
  private final DocTrees trees;

  /** Parses that text, as far as it can be. */
  SourceFile(String text) {
    this.text = text;
    JavacTask task = ParseTask.of(text, _ -> {});
    try {
      unit = task.parse().iterator().next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    trees = DocTrees.instance(task);
  }

  /** The first member of the first type. */
  Declared first() {
    TreePath type = new TreePath(new TreePath(unit), unit.getTypeDecls().getFirst());
    for (Tree each : ((ClassTree) type.getLeaf()).getMembers()) {
      return declared(new TreePath(type, each));
    }
    return null;
  }

  @Override
  public Declared find(Element element) {
    if (element instanceof TypeElement type) {
      TreePath found = type(type);
      return found == null ? null : declared(found);
    }
    TreePath owner = element.getEnclosingElement() instanceof TypeElement type ? type(type) : null;
    if (owner == null) {
      return null;
    }
    Tree best = null;
    int most = -1;
    for (Tree each : ((ClassTree) owner.getLeaf()).getMembers()) {
      int likeness = likeness(each, element);
      if (likeness > most) {
        best = each;
        most = likeness;
      }
    }
    return best == null ? null : declared(new TreePath(owner, best));
  }

  private TreePath type(TypeElement type) {
    List<? extends Tree> among = unit.getTypeDecls();
    TreePath in = new TreePath(unit);
    if (type.getEnclosingElement() instanceof TypeElement outer) {
      in = type(outer);
      if (in == null) {
        return null;
      }
      among = ((ClassTree) in.getLeaf()).getMembers();
    }
    for (Tree each : among) {
      if (each instanceof ClassTree declared
          && declared.getSimpleName().contentEquals(type.getSimpleName())) {
        return new TreePath(in, each);
      }
    }
    return null;
  }

  /** How many parameters are of the same type; negative if it is another member. */
  private static int likeness(Tree member, Element element) {
    if (member instanceof VariableTree variable && element instanceof VariableElement) {
      return variable.getName().contentEquals(element.getSimpleName()) ? 0 : -1;
    }
    if (!(member instanceof MethodTree method && element instanceof ExecutableElement wanted)) {
      return -1;
    }
    return method.getName().contentEquals(wanted.getSimpleName())
        ? Declarations.likeness(
            method.getParameters().stream().map(each -> each.getType().toString()).toList(), wanted)
        : -1;
  }

  private Declared declared(TreePath path) {
    SourcePositions positions = trees.getSourcePositions();
    int start = (int) positions.getStartPosition(unit, path.getLeaf());
    int end = (int) positions.getEndPosition(unit, path.getLeaf());
    List<String> names =
        path.getLeaf() instanceof MethodTree method
            ? method.getParameters().stream().map(each -> each.getName().toString()).toList()
            : List.of();
    String source = start < 0 || end < start ? "" : unindented(start, end);
    return new Declared(names, trees.getDocCommentTree(path), source);
  }

  private String unindented(int start, int end) {
    int line = text.lastIndexOf('\n', start) + 1;
    String indent = text.substring(line, start);
    return indent.isBlank()
        ? (indent + text.substring(start, end)).stripIndent()
        : text.substring(start, end);
  }
}
