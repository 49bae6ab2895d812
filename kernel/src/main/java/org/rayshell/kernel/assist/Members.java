package org.rayshell.kernel.assist;

import com.sun.source.tree.Scope;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import org.rayshell.kernel.eval.Attributed;

/** What types have, as it can be reached from a place. Of use only while the compiler has it. */
final class Members {
  private final Attributed code;
  private final Scope scope;

  Members(Attributed code, TreePath place) {
    this.code = code;
    this.scope = code.trees().getScope(place);
  }

  /**
   * A member of a type.
   *
   * @param site the type that it is called on
   * @param type its own, with the site's type arguments
   */
  record Member(Element element, DeclaredType site, TypeMirror type) {}

  /** Whether the member is one that everything has. */
  static boolean isOfObject(Element member) {
    return member.getEnclosingElement() instanceof TypeElement owner
        && owner.getQualifiedName().contentEquals("java.lang.Object");
  }

  /** The members of a type whose names are wanted, constructors left out. */
  List<Member> of(TypeMirror type, Predicate<String> wanted) {
    List<Member> found = new ArrayList<>();
    for (DeclaredType site : sites(type)) {
      TypeElement owner = (TypeElement) site.asElement();
      for (Element each : code.task().getElements().getAllMembers(owner)) {
        if (each.getKind() != ElementKind.CONSTRUCTOR
            && each.getKind() != ElementKind.STATIC_INIT
            && each.getKind() != ElementKind.INSTANCE_INIT
            && wanted.test(each.getSimpleName().toString())
            && isAccessible(each, site)) {
          found.add(new Member(each, site, typeOf(each, site)));
        }
      }
    }
    return found;
  }

  /** The constructors of a type. */
  List<Member> constructors(TypeMirror type) {
    List<Member> found = new ArrayList<>();
    for (DeclaredType site : sites(type)) {
      for (Element each : site.asElement().getEnclosedElements()) {
        if (each.getKind() == ElementKind.CONSTRUCTOR && isAccessible(each, site)) {
          found.add(new Member(each, site, typeOf(each, site)));
        }
      }
    }
    return found;
  }

  private boolean isAccessible(Element member, DeclaredType site) {
    if (member instanceof TypeElement type) {
      return isAccessible(type);
    }
    // An array has what its Object has, and a clone for all.
    return code.trees().isAccessible(scope, member, site);
  }

  boolean isAccessible(TypeElement type) {
    return code.trees().isAccessible(scope, type);
  }

  private TypeMirror typeOf(Element member, DeclaredType site) {
    if (member.getModifiers().contains(Modifier.STATIC) || Kinds.isType(member)) {
      return member.asType();
    }
    try {
      return code.task().getTypes().asMemberOf(site, member);
    } catch (IllegalArgumentException e) {
      return member.asType();
    }
  }

  /** The type itself, or what bounds it. */
  private List<DeclaredType> sites(TypeMirror type) {
    return switch (type) {
      case null -> List.of();
      case IntersectionType both ->
          both.getBounds().stream().flatMap(each -> sites(each).stream()).toList();
      case DeclaredType declared when declared.getKind() == TypeKind.DECLARED -> List.of(declared);
      case TypeVariable variable -> sites(variable.getUpperBound());
      case WildcardType wildcard ->
          wildcard.getExtendsBound() == null ? sites(object()) : sites(wildcard.getExtendsBound());
      default -> type.getKind() == TypeKind.ARRAY ? sites(object()) : List.of();
    };
  }

  private TypeMirror object() {
    return code.task().getElements().getTypeElement("java.lang.Object").asType();
  }

  /** The type of a method as it is declared, where it is not called on anything. */
  static ExecutableType type(ExecutableElement method) {
    return (ExecutableType) method.asType();
  }
}
