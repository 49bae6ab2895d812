package org.rayshell.kernel.assist;

import com.sun.source.doctree.DocCommentTree;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.rayshell.kernel.eval.Attributed;
import org.rayshell.kernel.eval.Definitions;

/** What is written of elements where they are declared. Of use only while the compiler has them. */
final class Documentation {
  private static final String SESSION = "REPL.";

  private final Attributed code;
  private final Sources sources;
  private final Definitions session;

  Documentation(Attributed code, Sources sources, Definitions session) {
    this.code = code;
    this.sources = sources;
    this.session = session;
  }

  /**
   * What is known.
   *
   * @param declared null if it is not known
   * @param remark why it is not; empty if that needs no words
   */
  record Found(Declarations.Declared declared, String remark) {
    /** The comment; null if there is none. */
    DocCommentTree comment() {
      return declared == null ? null : declared.comment();
    }

    /** The names of its parameters, if they are known. */
    List<String> names() {
      return declared == null ? List.of() : declared.names();
    }
  }

  /** Where the element is declared, as it is written there. */
  Found of(Element element) {
    TypeElement outermost = outermost(element);
    if (outermost == null) {
      return new Found(null, "");
    }
    if (outermost.getQualifiedName().toString().startsWith(SESSION)) {
      return new Found(ofSession(element, outermost), "");
    }
    Sources.Found found = sources.of(outermost.getQualifiedName().toString());
    return new Found(found.file() == null ? null : found.file().find(element), found.remark());
  }

  /** Of a class of a cell, of a member of one, or of what a cell has defined by itself. */
  private Declarations.Declared ofSession(Element element, TypeElement wrapper) {
    Element own = element;
    while (own.getEnclosingElement() != wrapper && own.getEnclosingElement() != null) {
      own = own.getEnclosingElement();
    }
    for (String source : session.sources(own.getSimpleName().toString())) {
      SourceFile file =
          new SourceFile("class " + wrapper.getSimpleName() + " {\n" + source + "\n}");
      Declarations.Declared found =
          Kinds.isType(own) && isCompanion(own) ? file.first().withoutNames() : file.find(element);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static boolean isCompanion(Element type) {
    return type.getEnclosedElements().stream()
        .anyMatch(each -> each.getSimpleName().contentEquals("$Configured"));
  }

  private static TypeElement outermost(Element element) {
    TypeElement outermost = null;
    for (Element each = element; each != null; each = each.getEnclosingElement()) {
      outermost = each instanceof TypeElement type ? type : outermost;
    }
    return outermost;
  }

  /** Adds the whole comment, or why there is none. */
  void addTo(HelpPage page, Element element, Found found) {
    DocText.Comment comment = comment(element, found);
    if (comment == null) {
      page.say(found.remark);
    } else {
      page.add(text(true, comment).all(), text(false, comment).all());
    }
  }

  /** Adds its first words, and those on one parameter; the name may be empty. */
  void addBrief(HelpPage page, Element element, Found found, String parameter) {
    DocText.Comment comment = comment(element, found);
    if (comment == null) {
      page.say(found.remark);
    } else {
      page.add(text(true, comment).brief(parameter), text(false, comment).brief(parameter));
    }
  }

  private DocText text(boolean markdown, DocText.Comment comment) {
    return new DocText(markdown, comment, this::inherited);
  }

  private DocText.Comment comment(Element element, Found found) {
    if (found.comment() != null) {
      return new DocText.Comment(element, found.comment());
    }
    return found.declared == null ? null : inherited(element);
  }

  /** The comment of what a method overrides. */
  private DocText.Comment inherited(Element element) {
    if (!(element instanceof ExecutableElement method)
        || element.getKind() != ElementKind.METHOD
        || !(element.getEnclosingElement() instanceof TypeElement owner)) {
      return null;
    }
    for (TypeElement each : above(owner)) {
      for (Element member : each.getEnclosedElements()) {
        if (member instanceof ExecutableElement other
            && other.getSimpleName().equals(method.getSimpleName())
            && code.task().getElements().overrides(method, other, owner)) {
          DocCommentTree comment = of(other).comment();
          if (comment != null) {
            return new DocText.Comment(other, comment);
          }
        }
      }
    }
    return null;
  }

  private List<TypeElement> above(TypeElement type) {
    List<TypeElement> all = new ArrayList<>();
    for (TypeMirror each : code.task().getTypes().directSupertypes(type.asType())) {
      if (each instanceof DeclaredType declared) {
        TypeElement found = (TypeElement) declared.asElement();
        all.add(found);
        all.addAll(above(found));
      }
    }
    return all;
  }
}
