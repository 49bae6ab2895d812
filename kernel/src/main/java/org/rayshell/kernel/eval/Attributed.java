package org.rayshell.kernel.eval;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ErroneousTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;

/**
 * Code that is being typed, as the compiler understands it: names have their elements and types, as
 * far as it is right. Of use only while {@link Drafts} asks.
 *
 * @param unit a class around the code
 * @param offset what is to be added to a position of the code for one of the unit
 */
public record Attributed(JavacTask task, CompilationUnitTree unit, int offset) {

  /** The trees' elements, types and scopes. */
  public Trees trees() {
    return Trees.instance(task);
  }

  /** The innermost tree around the characters of the snippet; null if there is none. */
  public TreePath at(int from, int to) {
    SourcePositions positions = trees().getSourcePositions();
    TreePath[] found = new TreePath[1];
    new TreePathScanner<Void, Void>() {
      @Override
      public Void scan(Tree tree, Void nothing) {
        if (tree == null) {
          return null;
        }
        long start = positions.getStartPosition(unit, tree);
        long end = positions.getEndPosition(unit, tree);
        if (start < 0 || start > from + offset || end < to + offset) {
          // Children may lie outside of what has no place of its own.
          return start < 0 ? super.scan(tree, null) : null;
        }
        found[0] = new TreePath(getCurrentPath(), tree);
        return super.scan(tree, null);
      }

      @Override
      public Void visitErroneous(ErroneousTree tree, Void nothing) {
        return scan(tree.getErrorTrees(), null);
      }
    }.scan(unit, null);
    return found[0];
  }
}
