package org.rayshell.kernel.hint;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Comparisons of a string by {@code ==}, which compile and hardly ever do what is meant. */
public final class TextComparisons {
  private static final Pattern MAYBE = Pattern.compile("[!=]=\\s*\"|\"\\s*[!=]=");

  private TextComparisons() {}

  /**
   * One of them.
   *
   * @param position where it begins in the snippet
   * @param remedy what to write in its place
   */
  public record Found(int position, String remedy) {}

  /** Those with a string in quotes on one side; a text that has none costs a look only. */
  public static List<Found> in(String source) {
    List<Found> found = new ArrayList<>();
    if (!MAYBE.matcher(source).find()) {
      return found;
    }
    SourceTree tree = SourceTree.of(source);
    tree.scan(
        new TreeScanner<>() {
          @Override
          public Void visitBinary(BinaryTree binary, Void nothing) {
            boolean same = binary.getKind() == Tree.Kind.EQUAL_TO;
            if (same || binary.getKind() == Tree.Kind.NOT_EQUAL_TO) {
              compared(binary.getLeftOperand(), binary.getRightOperand(), same, tree, found);
            }
            return super.visitBinary(binary, nothing);
          }
        });
    return found;
  }

  private static void compared(
      ExpressionTree left, ExpressionTree right, boolean same, SourceTree tree, List<Found> found) {
    boolean leftText = left.getKind() == Tree.Kind.STRING_LITERAL;
    boolean rightText = right.getKind() == Tree.Kind.STRING_LITERAL;
    boolean withNull =
        left.getKind() == Tree.Kind.NULL_LITERAL || right.getKind() == Tree.Kind.NULL_LITERAL;
    if ((leftText || rightText) && !withNull) {
      String text = (leftText ? left : right).toString();
      String other = (leftText ? right : left).toString();
      found.add(new Found(tree.start(left), (same ? "" : "!") + text + ".equals(" + other + ")"));
    }
  }
}
