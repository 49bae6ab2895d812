package org.rayshell.kernel.eval;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.rayshell.kernel.hint.SourceTree;

/**
 * Makes {@code try (in)} work on variables of the session, which are never final: it becomes {@code
 * try (var in$ = in)}.
 */
final class TryResources {
  private static final Pattern MENTION = Pattern.compile("\\btry\\s*\\(");

  private TryResources() {}

  /** What is to be changed in the source; mostly nothing. */
  static List<Rewritten.Edit> edits(String source) {
    if (!MENTION.matcher(source).find()) {
      return List.of();
    }
    List<Rewritten.Edit> edits = new ArrayList<>();
    SourceTree tree = SourceTree.of(source);
    tree.scan(
        new TreeScanner<>() {
          @Override
          public Void visitTry(TryTree attempt, Void nothing) {
            for (Tree each : attempt.getResources()) {
              if (each instanceof IdentifierTree name) {
                String copy = "var " + name.getName() + "$" + edits.size() + " = ";
                edits.add(new Rewritten.Edit(tree.start(name), 0, copy));
              }
            }
            return super.visitTry(attempt, nothing);
          }
        });
    return edits;
  }
}
