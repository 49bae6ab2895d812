package org.rayshell.kernel.assist;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.ErroneousTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.rayshell.kernel.eval.Attributed;
import org.rayshell.kernel.eval.Drafts;

/** Which types a place of attributed code wants. Of use only while the compiler has it. */
final class Expected {
  private final Attributed code;
  private final Calls calls;

  Expected(Attributed code, Calls calls) {
    this.code = code;
    this.calls = calls;
  }

  /** The types of which the tree's value should be one; empty if that cannot be told. */
  List<TypeMirror> at(TreePath place) {
    List<TypeMirror> types = new ArrayList<>(wanted(place));
    types.removeIf(each ->
        each == null
            || each.getKind() == TypeKind.ERROR
            || each.getKind() == TypeKind.VOID
            || each.getKind() == TypeKind.TYPEVAR
            || each.toString().equals("java.lang.Object"));
    return types;
  }

  private List<TypeMirror> wanted(TreePath place) {
    TreePath parent = place.getParentPath();
    if (parent == null) {
      return List.of();
    }
    Tree leaf = place.getLeaf();
    return switch (parent.getLeaf()) {
      case ErroneousTree _, ParenthesizedTree _ -> wanted(parent);
      case ConditionalExpressionTree choice ->
          choice.getCondition() == leaf ? condition() : wanted(parent);
      case VariableTree variable when variable.getInitializer() == leaf -> ofVariable(parent);
      case AssignmentTree assignment when assignment.getExpression() == leaf ->
          one(code.trees().getTypeMirror(new TreePath(parent, assignment.getVariable())));
      case ReturnTree _ -> one(returned(parent));
      case ThrowTree _ ->
          one(code.task().getElements().getTypeElement("java.lang.Throwable").asType());
      case IfTree _, WhileLoopTree _, DoWhileLoopTree _ -> condition();
      case ForLoopTree loop when loop.getCondition() == leaf -> condition();
      default -> ofArgument(place);
    };
  }

  private List<TypeMirror> ofVariable(TreePath variable) {
    // The type of a var is that of what is only being typed.
    return ((VariableTree) variable.getLeaf()).getType() == null
            || code.trees()
                    .getSourcePositions()
                    .getStartPosition(code.unit(), ((VariableTree) variable.getLeaf()).getType())
                < 0
        ? List.of()
        : one(code.trees().getTypeMirror(variable));
  }

  private List<TypeMirror> ofArgument(TreePath place) {
    Calls.Call call = calls.around(place);
    if (call == null || !isArgument(place)) {
      return List.of();
    }
    return call.overloads().stream()
        .filter(Calls.Overload::fits)
        .map(each -> each.parameter(call.argument()))
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private static boolean isArgument(TreePath place) {
    Tree.Kind kind = place.getParentPath().getLeaf().getKind();
    return kind == Tree.Kind.METHOD_INVOCATION || kind == Tree.Kind.NEW_CLASS;
  }

  private List<TypeMirror> condition() {
    return one(code.task().getTypes().getPrimitiveType(TypeKind.BOOLEAN));
  }

  private static List<TypeMirror> one(TypeMirror type) {
    return type == null ? List.of() : List.of(type);
  }

  private TypeMirror returned(TreePath place) {
    for (TreePath path = place; path != null; path = path.getParentPath()) {
      if (path.getLeaf() instanceof LambdaExpressionTree) {
        return null;
      }
      if (path.getLeaf() instanceof MethodTree method) {
        return method.getName().contentEquals(Drafts.METHOD)
                || !(code.trees().getElement(path) instanceof ExecutableElement element)
            ? null
            : element.getReturnType();
      }
    }
    return null;
  }
}
