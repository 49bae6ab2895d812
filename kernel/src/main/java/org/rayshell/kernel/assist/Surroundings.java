package org.rayshell.kernel.assist;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Scope;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import org.rayshell.kernel.eval.Attributed;
import org.rayshell.kernel.eval.Drafts;

/**
 * What can be called by its simple name at a place of attributed code: locals, members of the
 * classes around, what cells have defined, static imports. Of the session only what the text of the
 * draft mentions. Of use only while the compiler has the code.
 */
final class Surroundings {
  private static final Set<ElementKind> LOCALS =
      EnumSet.of(
          ElementKind.LOCAL_VARIABLE,
          ElementKind.PARAMETER,
          ElementKind.EXCEPTION_PARAMETER,
          ElementKind.RESOURCE_VARIABLE,
          ElementKind.BINDING_VARIABLE,
          ElementKind.TYPE_PARAMETER);

  private final Attributed code;
  private final TreePath place;
  private final List<String> imports;

  /**
   * @param imports those of every cell and of this one: {@code static java.util.Map.*}
   */
  Surroundings(Attributed code, TreePath place, List<String> imports) {
    this.code = code;
    this.place = place;
    this.imports = imports;
  }

  /** Something with a name, and how near it is. */
  record Near(Element element, Candidate.Group group) {}

  /** All whose names are wanted, the nearest first. */
  List<Near> named(Predicate<String> wanted) {
    Set<Near> found = new LinkedHashSet<>();
    locals(wanted, found);
    members(wanted, found);
    session(wanted, found);
    helpers(wanted, found);
    return new ArrayList<>(found);
  }

  private void locals(Predicate<String> wanted, Set<Near> found) {
    Scope scope = code.trees().getScope(place);
    while (scope != null && scope.getEnclosingClass() != null) {
      for (Element each : scope.getLocalElements()) {
        boolean local =
            LOCALS.contains(each.getKind())
                || Kinds.isType(each) && each.getEnclosingElement().getKind() == ElementKind.METHOD;
        if (local && wanted.test(each.getSimpleName().toString())) {
          found.add(new Near(each, Candidate.Group.LOCAL));
        }
      }
      scope = scope.getEnclosingScope();
    }
  }

  private void members(Predicate<String> wanted, Set<Near> found) {
    for (TreePath path = place; path != null; path = path.getParentPath()) {
      if (!(path.getLeaf() instanceof ClassTree)
          || !(code.trees().getElement(path) instanceof TypeElement type)) {
        continue;
      }
      boolean draft = type.getSimpleName().contentEquals(Drafts.CLASS);
      List<? extends Element> all =
          draft ? type.getEnclosedElements() : code.task().getElements().getAllMembers(type);
      for (Element each : all) {
        String name = each.getSimpleName().toString();
        if (isNamed(each) && !name.equals(Drafts.METHOD) && wanted.test(name)) {
          found.add(new Near(each, group(each, draft)));
        }
      }
    }
  }

  private static Candidate.Group group(Element member, boolean draft) {
    return draft
        ? Candidate.Group.SESSION
        : Members.isOfObject(member) ? Candidate.Group.OF_OBJECT : Candidate.Group.MEMBER;
  }

  private static boolean isNamed(Element element) {
    return element.getKind() != ElementKind.CONSTRUCTOR
        && element.getKind() != ElementKind.STATIC_INIT
        && element.getKind() != ElementKind.INSTANCE_INIT;
  }

  /** The session's names are single static imports of its wrappers. */
  private void session(Predicate<String> wanted, Set<Near> found) {
    for (ImportTree each : code.unit().getImports()) {
      Tree imported = each.getQualifiedIdentifier();
      if (each.isStatic()
          && imported instanceof MemberSelectTree select
          && select.getExpression().toString().startsWith("REPL.")
          && wanted.test(select.getIdentifier().toString())) {
        TreePath path = new TreePath(new TreePath(code.unit()), each);
        path = new TreePath(new TreePath(path, select), select.getExpression());
        Element wrapper = code.trees().getElement(path);
        if (wrapper != null) {
          addNamed(wrapper, select.getIdentifier().toString(), Candidate.Group.SESSION, found);
        }
      }
    }
  }

  private static void addNamed(Element type, String name, Candidate.Group group, Set<Near> found) {
    for (Element member : type.getEnclosedElements()) {
      if (member.getSimpleName().contentEquals(name)) {
        found.add(new Near(member, group));
      }
    }
  }

  private void helpers(Predicate<String> wanted, Set<Near> found) {
    for (String each : imports) {
      int dot = each.lastIndexOf('.');
      if (!each.startsWith("static ") || dot < 0) {
        continue;
      }
      String name = each.substring(dot + 1);
      if (!name.equals("*") && !wanted.test(name)) {
        continue;
      }
      TypeElement type =
          code.task().getElements().getTypeElement(each.substring("static ".length(), dot));
      if (type == null) {
        continue;
      }
      for (Element member : code.task().getElements().getAllMembers(type)) {
        String own = member.getSimpleName().toString();
        if (member.getModifiers().contains(Modifier.STATIC)
            && member.getModifiers().contains(Modifier.PUBLIC)
            && (name.equals("*") ? wanted.test(own) : own.equals(name))) {
          found.add(new Near(member, Candidate.Group.HELPER));
        }
      }
    }
  }
}
