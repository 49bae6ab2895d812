package org.rayshell.kernel.assist;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.rayshell.kernel.eval.Attributed;

/** Calls in attributed code, and what they may mean. Of use only while the compiler has it. */
final class Calls {
  private final Attributed code;
  private final List<String> imports;

  /**
   * @param imports as {@link Surroundings} takes them
   */
  Calls(Attributed code, List<String> imports) {
    this.code = code;
    this.imports = imports;
  }

  /**
   * A method or constructor that may be called.
   *
   * @param type with the type arguments of what it is called on
   * @param fits whether it takes the arguments that are there
   */
  record Overload(ExecutableElement method, ExecutableType type, boolean fits) {
    /** The type of an argument, by its place from 0; null if there is none. */
    TypeMirror parameter(int argument) {
      List<? extends TypeMirror> all = type.getParameterTypes();
      if (method.isVarArgs() && argument >= all.size() - 1) {
        TypeMirror last = all.getLast();
        return last instanceof ArrayType array ? array.getComponentType() : last;
      }
      return argument < all.size() ? all.get(argument) : null;
    }
  }

  /**
   * A call around a place.
   *
   * @param overloads those that fit first
   * @param argument the one that the place is in, from 0
   */
  record Call(List<Overload> overloads, int argument) {}

  /** The innermost call that has the place in its arguments; null if there is none. */
  Call around(TreePath place) {
    for (TreePath path = place; path.getParentPath() != null; path = path.getParentPath()) {
      TreePath parent = path.getParentPath();
      List<? extends ExpressionTree> arguments =
          switch (parent.getLeaf()) {
            case MethodInvocationTree call -> call.getArguments();
            case NewClassTree created -> created.getArguments();
            default -> List.of();
          };
      int argument = arguments.indexOf(path.getLeaf());
      if (argument >= 0) {
        return call(parent, arguments, argument);
      }
      if (path.getLeaf().getKind() == Tree.Kind.LAMBDA_EXPRESSION
          || path.getLeaf().getKind() == Tree.Kind.BLOCK) {
        return null;
      }
    }
    return null;
  }

  private Call call(TreePath call, List<? extends ExpressionTree> arguments, int argument) {
    List<TypeMirror> before = new ArrayList<>();
    for (ExpressionTree each : arguments.subList(0, argument)) {
      before.add(code.trees().getTypeMirror(new TreePath(call, each)));
    }
    List<Overload> overloads =
        candidates(call)
            .map(each -> new Overload(each.method, each.type, fits(each, before)))
            .sorted(
                Comparator.<Overload, Boolean>comparing(each -> !each.fits)
                    .thenComparing(each -> each.method.isVarArgs())
                    .thenComparing(each -> each.method.getParameters().size()))
            .toList();
    return new Call(overloads, argument);
  }

  /** All methods of the name that is called there, or all constructors. */
  Stream<Overload> candidates(TreePath call) {
    if (call.getLeaf() instanceof NewClassTree created) {
      TreePath type = new TreePath(call, created.getIdentifier());
      TypeMirror known = code.trees().getTypeMirror(call);
      TypeMirror site =
          known != null && known.getKind() == TypeKind.DECLARED
              ? known
              : code.trees().getTypeMirror(type);
      return overloads(new Members(code, call).constructors(site));
    }
    return called(
        call, new TreePath(call, ((MethodInvocationTree) call.getLeaf()).getMethodSelect()));
  }

  /** All methods that the name at this place may mean, which is called by the other tree. */
  Stream<Overload> called(TreePath place, TreePath name) {
    if (name.getLeaf() instanceof MemberSelectTree select) {
      String called = select.getIdentifier().toString();
      TreePath on = new TreePath(name, select.getExpression());
      boolean isStatic = isType(on);
      return overloads(
          new Members(code, place)
              .of(code.trees().getTypeMirror(on), called::equals).stream()
                  .filter(
                      each -> !isStatic || each.element().getModifiers().contains(Modifier.STATIC))
                  .toList());
    }
    if (name.getLeaf() instanceof IdentifierTree identifier) {
      String called = identifier.getName().toString();
      return new Surroundings(code, place, imports)
          .named(called::equals).stream()
              .map(Surroundings.Near::element)
              .filter(ExecutableElement.class::isInstance)
              .map(ExecutableElement.class::cast)
              .map(each -> new Overload(each, Members.type(each), true));
    }
    return Stream.empty();
  }

  /** Whether the tree names a type, and no value. */
  boolean isType(TreePath tree) {
    Element element = code.trees().getElement(tree);
    return element != null && Kinds.isType(element);
  }

  /** The methods and constructors among members. */
  static Stream<Overload> overloads(List<Members.Member> members) {
    return members.stream()
        .filter(each ->
            each.element().getKind() == ElementKind.METHOD
                || each.element().getKind() == ElementKind.CONSTRUCTOR)
        .map(each ->
            new Overload(
                (ExecutableElement) each.element(),
                each.type() instanceof ExecutableType type
                    ? type
                    : Members.type((ExecutableElement) each.element()),
                true));
  }

  /** Whether it takes at least one more than these. */
  private boolean fits(Overload overload, List<TypeMirror> before) {
    for (int i = 0; i < before.size(); i++) {
      TypeMirror parameter = overload.parameter(i);
      if (parameter == null || !isAssignable(before.get(i), parameter)) {
        return false;
      }
    }
    return overload.parameter(before.size()) != null
        || before.isEmpty() && overload.type.getParameterTypes().isEmpty();
  }

  /** Whether a value may be given; true if the compiler cannot tell. */
  boolean isAssignable(TypeMirror value, TypeMirror to) {
    if (value == null || value.getKind() == TypeKind.ERROR || value.getKind() == TypeKind.OTHER) {
      return true;
    }
    if (value.getKind() == TypeKind.EXECUTABLE || value.getKind() == TypeKind.PACKAGE) {
      return false;
    }
    if (value.getKind() == TypeKind.VOID || value.getKind() == TypeKind.NONE) {
      return false;
    }
    var types = code.task().getTypes();
    return types.isAssignable(types.erasure(value), types.erasure(to));
  }
}
