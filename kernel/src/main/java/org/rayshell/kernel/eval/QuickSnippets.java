package org.rayshell.kernel.eval;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.regex.Pattern;

/**
 * Compiles expressions and statements at one go, around JShell: nothing of the session depends on
 * them, so that JShell's analyses and bookkeeping are of no use. What does not compile this way is
 * JShell's, which also finds the words for what is wrong with it.
 *
 * <p>Guarded by the compiling lock.
 */
final class QuickSnippets {
  private static final String HEAD =
      "public static java.lang.Object " + CellRun.METHOD + "() throws java.lang.Throwable {\n";

  /**
   * Assignments to variables, which have a value that nobody wants, what a word gives away, and
   * what hides behind a comment.
   */
  private static final Pattern OTHER_THAN_VALUE =
      Pattern.compile(
          "/|\\p{javaJavaIdentifierPart}+\\s*=(?!=)|(?:import|package|return|throw|break|continue|assert)\\b");

  private final JShellInternals internals;
  private final SessionClasses classes;
  private final CellSources sources;
  private int count;

  /** Of a session whose JShell can be reached into. */
  QuickSnippets(JShellInternals internals, SessionClasses classes, CellSources sources) {
    this.internals = internals;
    this.classes = classes;
    this.sources = sources;
  }

  /**
   * A snippet, loaded.
   *
   * @param className the class whose {@link CellRun#METHOD} it is
   * @param hasValue whether what that returns is the snippet's value
   */
  record Loaded(String className, boolean hasValue) {}

  /** The snippet's tree; null if it does not parse, or is more than one. */
  Tree parse(Piece piece) {
    return internals.parse(piece.source());
  }

  /**
   * Compiles and loads what looks like an expression with a value, without parsing it first; null
   * if it does not look so or is none.
   */
  Loaded guess(Piece piece, CellSources.Place place) {
    return looksLikeValue(piece) ? value(piece, place) : null;
  }

  private static boolean looksLikeValue(Piece piece) {
    return !piece.semicolon()
        && !piece.source().endsWith("}")
        && !OTHER_THAN_VALUE.matcher(piece.source()).lookingAt();
  }

  /**
   * Compiles and loads the snippet of that tree, once {@link #guess} did not; null if it is one for
   * JShell.
   */
  Loaded load(Piece piece, Tree tree, CellSources.Place place) {
    return switch (tree) {
      case ExpressionStatementTree expression ->
          expression(piece, place, expression.getExpression());
      case VariableTree _, ClassTree _ -> null;
      case StatementTree _ -> statement(piece, place);
      case null, default -> null;
    };
  }

  private Loaded expression(Piece piece, CellSources.Place place, ExpressionTree expression) {
    boolean assignsVariable =
        expression instanceof AssignmentTree assignment
            && assignment.getVariable() instanceof IdentifierTree;
    if (!piece.semicolon() && !assignsVariable && !looksLikeValue(piece)) {
      Loaded value = value(piece, place);
      if (value != null) {
        return value;
      }
    }
    return canStandAlone(expression) ? statement(piece, place) : null;
  }

  private Loaded value(Piece piece, CellSources.Place place) {
    // By way of a variable, since the type that an expression is wanted in can change its value.
    return load(piece, place, "var $value =\n", "return $value;\n}\n", true);
  }

  private static boolean canStandAlone(ExpressionTree expression) {
    return switch (expression.getKind()) {
      case METHOD_INVOCATION,
          NEW_CLASS,
          ASSIGNMENT,
          PREFIX_INCREMENT,
          PREFIX_DECREMENT,
          POSTFIX_INCREMENT,
          POSTFIX_DECREMENT ->
          true;
      default -> expression instanceof com.sun.source.tree.CompoundAssignmentTree;
    };
  }

  private Loaded statement(Piece piece, CellSources.Place place) {
    // After `if (true)` more may follow, even where the statement never ends.
    return load(piece, place, "if (true) {\n", "}\nreturn null;\n}\n", false);
  }

  private Loaded load(
      Piece piece, CellSources.Place place, String before, String after, boolean hasValue) {
    String name = "$JShell$Q" + ++count;
    JShellInternals.Compiled compiled =
        internals.compile(
            name,
            HEAD + before,
            piece.source(),
            (piece.source().endsWith(";") ? "\n" : ";\n") + after);
    if (compiled == null) {
      return null;
    }
    String className = SessionClasses.PACKAGE + "." + name;
    classes.addPassing(compiled.classes());
    sources.compiled(className, place, compiled.firstLine(), (int) piece.source().lines().count());
    return new Loaded(className, hasValue);
  }
}
