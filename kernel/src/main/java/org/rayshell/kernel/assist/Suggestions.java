package org.rayshell.kernel.assist;

import com.sun.source.tree.CaseLabelTree;
import com.sun.source.tree.ErroneousTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.rayshell.kernel.eval.Attributed;
import org.rayshell.kernel.eval.OfferedImports;

/** What may stand at the cursor of attributed code. Of use only while the compiler has it. */
final class Suggestions {
  /** What stands at the cursor in place of the name that has been begun. */
  static final String CURSOR = "$cursor$";

  private static final String CHANGE = "java.util.function.UnaryOperator<org.rayshell.TaskOptions>";

  private final Attributed code;
  private final List<String> imports;
  private final TypeIndex types;
  private final OfferedImports offers;
  private final Begun begun;
  private final Calls calls;
  private final List<Candidate> found = new ArrayList<>();
  private List<TypeMirror> expected = List.of();
  private Members members;

  /**
   * @param imports as {@link Surroundings} takes them
   * @param offers told of types that are suggested by their simple names and need an import
   */
  Suggestions(
      Attributed code, List<String> imports, TypeIndex types, OfferedImports offers, Begun begun) {
    this.code = code;
    this.imports = imports;
    this.types = types;
    this.offers = offers;
    this.begun = begun;
    this.calls = new Calls(code, imports);
  }

  /** All of them, in no order. */
  List<Candidate> find(boolean annotation) {
    TreePath place = cursor(code);
    if (place == null) {
      return List.of();
    }
    members = new Members(code, place);
    expected = new Expected(code, calls).at(place);
    switch (place.getLeaf()) {
      case MemberSelectTree select -> members(new TreePath(place, select.getExpression()), false);
      case MemberReferenceTree reference ->
          members(new TreePath(place, reference.getQualifierExpression()), true);
      default -> names(place, annotation);
    }
    return found;
  }

  /** Where the cursor is; null if the compiler makes nothing of it. */
  static TreePath cursor(Attributed code) {
    TreePath[] at = new TreePath[1];
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitIdentifier(IdentifierTree tree, Void nothing) {
        return found(tree.getName().contentEquals(CURSOR));
      }

      @Override
      public Void visitMemberSelect(MemberSelectTree tree, Void nothing) {
        found(tree.getIdentifier().contentEquals(CURSOR));
        return super.visitMemberSelect(tree, null);
      }

      @Override
      public Void visitMemberReference(MemberReferenceTree tree, Void nothing) {
        found(tree.getName().contentEquals(CURSOR));
        return super.visitMemberReference(tree, null);
      }

      @Override
      public Void visitErroneous(ErroneousTree tree, Void nothing) {
        return scan(tree.getErrorTrees(), null);
      }

      private Void found(boolean here) {
        if (here && at[0] == null) {
          at[0] = getCurrentPath();
        }
        return null;
      }
    }.scan(code.unit(), null);
    return at[0];
  }

  private void members(TreePath of, boolean reference) {
    Element element = code.trees().getElement(of);
    if (element instanceof PackageElement) {
      ofPackage(of.getLeaf().toString());
      return;
    }
    boolean isStatic = element != null && Kinds.isType(element);
    TypeMirror site = code.trees().getTypeMirror(of);
    if (site == null) {
      return;
    }
    if (site.getKind() == TypeKind.ARRAY && !reference && !isStatic) {
      add("length", "field", "int length", Candidate.Group.MEMBER, TypeKind.INT);
    }
    for (Members.Member each : members.of(site, name -> begun.fit(name) != Begun.NOT)) {
      boolean ofType =
          each.element().getModifiers().contains(Modifier.STATIC) || Kinds.isType(each.element());
      boolean wanted =
          reference
              ? each.element().getKind() == ElementKind.METHOD && (isStatic || !ofType)
              : ofType == isStatic;
      if (wanted) {
        boolean calls =
            isCompanion(each.site().asElement())
                && each.element().getSimpleName().toString().startsWith("remote");
        Candidate.Group group =
            Members.isOfObject(each.element())
                ? Candidate.Group.OF_OBJECT
                : calls ? Candidate.Group.LOCAL : Candidate.Group.MEMBER;
        add(each.element(), each.type(), group, !reference);
      }
    }
    if (isStatic && !isCompanion(element) || site.getKind().isPrimitive()) {
      String last = reference ? "new" : "class";
      if (begun.fit(last) == Begun.AS_TYPED && (isStatic || !reference)) {
        add(last, Kinds.KEYWORD, "", Candidate.Group.KEYWORD, null);
      }
    }
  }

  private void ofPackage(String name) {
    for (String each : types.packagesIn(name)) {
      if (begun.fit(each) != Begun.NOT) {
        add(each + ".", Kinds.MODULE, "", Candidate.Group.PACKAGE, null);
      }
    }
    for (String each : types.typesOf(name)) {
      if (begun.fit(each) != Begun.NOT) {
        type(name + "." + each, each, Candidate.Group.TYPE, _ -> true);
      }
    }
  }

  private void names(TreePath place, boolean annotation) {
    Tree parent = place.getParentPath().getLeaf();
    boolean creates =
        parent instanceof NewClassTree created && created.getIdentifier() == place.getLeaf();
    TypeNames names = new TypeNames(types, imports, begun);
    if (annotation) {
      names
          .inScope()
          .forEach(each -> type(each, simple(each), Candidate.Group.TYPE, this::isAnnotation));
      names.toImport().forEach(each -> toImport(each, this::isAnnotation));
      return;
    }
    constants(place);
    options();
    for (var each :
        new Surroundings(code, place, imports).named(name -> begun.fit(name) != Begun.NOT)) {
      if (!creates || Kinds.isType(each.element())) {
        add(each.element(), each.element().asType(), each.group(), true);
      }
    }
    if (!begun.text().isEmpty()) {
      names.inScope().forEach(each -> type(each, simple(each), Candidate.Group.TYPE, _ -> true));
      names.toImport().forEach(each -> toImport(each, _ -> true));
      names
          .packages()
          .forEach(each -> add(each + ".", Kinds.MODULE, "", Candidate.Group.PACKAGE, null));
      if (!creates) {
        Keywords.beginning(begun.text())
            .forEach(each -> add(each, Kinds.KEYWORD, "", Candidate.Group.KEYWORD, null));
      }
    }
  }

  /** Where a lambda is wanted that changes how tasks are run: what it may change. */
  private void options() {
    for (TypeMirror each : expected) {
      if (!(each instanceof DeclaredType change) || !each.toString().equals(CHANGE)) {
        continue;
      }
      TypeMirror options = change.getTypeArguments().getFirst();
      for (Members.Member member : members.of(options, name -> begun.fit(name) != Begun.NOT)) {
        if (member.element() instanceof ExecutableElement method
            && !method.getModifiers().contains(Modifier.STATIC)
            && code.task().getTypes().isSameType(method.getReturnType(), options)) {
          String name = method.getSimpleName().toString();
          String signature = Signatures.method(method, Members.type(method), List.of());
          int match = Math.min(begun.fit(name), Begun.BY_HUMPS);
          found.add(
              new Candidate(
                  "o -> o." + name + "(",
                  Kinds.FUNCTION,
                  signature,
                  Candidate.Group.LOCAL,
                  true,
                  match,
                  false));
        }
      }
    }
  }

  private static String simple(String qualified) {
    return qualified.substring(qualified.lastIndexOf('.') + 1);
  }

  private boolean isAnnotation(TypeElement type) {
    return type.getKind() == ElementKind.ANNOTATION_TYPE;
  }

  /** Those of the enum that a switch is on. */
  private void constants(TreePath place) {
    for (TreePath path = place; path != null; path = path.getParentPath()) {
      if (!(path.getLeaf() instanceof CaseLabelTree)) {
        continue;
      }
      path = path.getParentPath();
      ExpressionTree on =
          switch (path.getParentPath().getLeaf()) {
            case SwitchTree statement -> statement.getExpression();
            case SwitchExpressionTree expression -> expression.getExpression();
            default -> null;
          };
      TypeMirror type =
          on == null ? null : code.trees().getTypeMirror(new TreePath(path.getParentPath(), on));
      if (type instanceof DeclaredType declared) {
        for (Element each : declared.asElement().getEnclosedElements()) {
          if (each.getKind() == ElementKind.ENUM_CONSTANT
              && begun.fit(each.getSimpleName().toString()) != Begun.NOT) {
            add(each, each.asType(), Candidate.Group.LOCAL, true);
          }
        }
      }
      return;
    }
  }

  private interface TypeFilter {
    boolean test(TypeElement type);
  }

  /** By its simple name if that can mean no other and the cell that uses it may import it. */
  private void toImport(String qualified, TypeFilter filter) {
    String simple = simple(qualified);
    boolean sole =
        offers.isOn()
            && TypeNames.isLikely(qualified)
            && found.stream().noneMatch(each -> each.text().equals(simple))
            && types.named(simple).stream()
                .allMatch(each -> each.equals(qualified) || accessible(each) == null);
    if (type(qualified, sole ? simple : qualified, Candidate.Group.TO_IMPORT, filter) && sole) {
      offers.offer(qualified);
    }
  }

  /** The type as the code can use it; null if it cannot. */
  private TypeElement accessible(String qualified) {
    TypeElement type = code.task().getElements().getTypeElement(qualified);
    return type != null && members.isAccessible(type) ? type : null;
  }

  /** Whether it was added. */
  private boolean type(String qualified, String text, Candidate.Group group, TypeFilter filter) {
    TypeElement type = accessible(qualified);
    boolean wanted = type != null && filter.test(type);
    if (wanted) {
      int match = Math.min(begun.fit(simple(qualified)), Begun.BY_HUMPS);
      boolean thrown = text.endsWith("Exception") || text.endsWith("Error");
      found.add(
          new Candidate(
              text,
              Kinds.of(type),
              Signatures.type(type),
              group,
              expected.isEmpty(),
              match,
              thrown || code.task().getElements().isDeprecated(type)));
    }
    return wanted;
  }

  private void add(Element element, TypeMirror type, Candidate.Group group, boolean calls) {
    String name = element.getSimpleName().toString();
    String text = name;
    String signature;
    TypeMirror value = type;
    if (element instanceof ExecutableElement method) {
      ExecutableType known =
          type instanceof ExecutableType executable ? executable : Members.type(method);
      value = known.getReturnType();
      boolean takes =
          method.getParameters().stream()
              .anyMatch(each -> !each.getSimpleName().contentEquals("$unused"));
      text += !calls ? "" : takes ? "(" : "()";
      signature = Signatures.method(method, known, List.of());
    } else if (element instanceof TypeElement declared) {
      signature =
          isCompanion(declared)
              ? "remote function: " + name + ".remote(…)"
              : Signatures.type(declared);
      value = null;
    } else {
      signature = Signatures.of(type) + " " + name;
    }
    String kind =
        group == Candidate.Group.SESSION && element.getKind() == ElementKind.FIELD
            ? "variable"
            : element instanceof TypeElement declared && isCompanion(declared)
                ? Kinds.FUNCTION
                : Kinds.of(element);
    int match = Math.min(begun.fit(name), Begun.BY_HUMPS);
    boolean deprecated = code.task().getElements().isDeprecated(element);
    found.add(new Candidate(text, kind, signature, group, fits(value), match, deprecated));
  }

  /** Whether it stands for a remote function. */
  private static boolean isCompanion(Element type) {
    return type.getEnclosedElements().stream()
        .anyMatch(each -> each.getSimpleName().contentEquals("$Configured"));
  }

  private boolean fits(TypeMirror value) {
    return expected.isEmpty()
        || value != null && expected.stream().anyMatch(each -> calls.isAssignable(value, each));
  }

  private void add(
      String text, String type, String signature, Candidate.Group group, TypeKind value) {
    boolean fits =
        expected.isEmpty() || value != null && fits(code.task().getTypes().getPrimitiveType(value));
    int match = Math.min(begun.fit(text), Begun.BY_HUMPS);
    found.add(new Candidate(text, type, signature, group, fits, match, false));
  }
}
