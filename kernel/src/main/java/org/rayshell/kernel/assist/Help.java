package org.rayshell.kernel.assist;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.rayshell.kernel.eval.Attributed;
import org.rayshell.kernel.eval.Definitions;

/** Fills a page of help by what the compiler knows. Of use only while it has the code. */
final class Help {
  /** More would be read by nobody. */
  private static final int MOST_OVERLOADS = 12;

  private static final int MOST_LINES = 400;
  private static final Pattern IMPORTED =
      Pattern.compile("\\s*import\\s+(?:static\\s+)?([\\w.$]+)");

  private final HelpPage page;
  private final Attributed code;
  private final List<String> imports;
  private final Definitions session;
  private final Documentation documentation;
  private final boolean whole;

  /**
   * @param whole whether there is to be the source, too
   */
  Help(
      HelpPage page,
      Attributed code,
      List<String> imports,
      Sources sources,
      Definitions session,
      boolean whole) {
    this.page = page;
    this.code = code;
    this.imports = imports;
    this.session = session;
    this.documentation = new Documentation(code, sources, session);
    this.whole = whole;
  }

  /**
   * Of the name at these characters of the snippet.
   *
   * @return whether it shows what may change at any time
   */
  boolean ofName(int from, int to) {
    TreePath place = code.at(from, to);
    if (place == null) {
      return false;
    }
    Element element = code.trees().getElement(place);
    Calls calls = new Calls(code, imports);
    List<Calls.Overload> overloads = overloads(calls, place);
    if (element instanceof ExecutableElement method && method.getKind() == ElementKind.METHOD
        || isUnknown(element) && !overloads.isEmpty()) {
      methods(element instanceof ExecutableElement method ? method : null, overloads);
    } else if (isUnknown(element)) {
      return false;
    } else if (element instanceof TypeElement type) {
      type(type, place);
    } else if (element instanceof VariableElement variable) {
      return variable(variable, place);
    } else if (Kinds.isType(element)) {
      page.java(element.toString());
    }
    return false;
  }

  private boolean isUnknown(Element element) {
    return element == null
        || element.asType().getKind() == TypeKind.ERROR
        || element.getKind() == ElementKind.PACKAGE
        || element.toString().startsWith("REPL.$Draft$.$draft$");
  }

  /** All that the name at the place may call; empty if it calls nothing. */
  private List<Calls.Overload> overloads(Calls calls, TreePath place) {
    if (!(place.getLeaf() instanceof MemberSelectTree
        || place.getLeaf() instanceof IdentifierTree
        || place.getLeaf() instanceof MemberReferenceTree)) {
      return List.of();
    }
    if (place.getLeaf() instanceof MemberReferenceTree reference) {
      TypeMirror site =
          code.trees().getTypeMirror(new TreePath(place, reference.getQualifierExpression()));
      return site == null
          ? List.of()
          : Calls.overloads(new Members(code, place).of(site, reference.getName()::contentEquals))
              .toList();
    }
    return calls.called(place, place).toList();
  }

  private void methods(ExecutableElement chosen, List<Calls.Overload> overloads) {
    List<Calls.Overload> all = new ArrayList<>(overloads);
    if (chosen != null) {
      all.removeIf(each -> each.method().equals(chosen));
      ExecutableType type =
          overloads.stream()
              .filter(each -> each.method().equals(chosen))
              .map(Calls.Overload::type)
              .findFirst()
              .orElse(Members.type(chosen));
      all.addFirst(new Calls.Overload(chosen, type, true));
    }
    ExecutableElement first = all.getFirst().method();
    Documentation.Found found = documentation.of(first);
    page.java(owner(first) + line(all.getFirst(), found.names()));
    documentation.addTo(page, first, found);
    source(found);
    List<String> others =
        all.stream()
            .skip(1)
            .limit(MOST_OVERLOADS)
            .map(each -> line(each, documentation.of(each.method()).names()))
            .distinct()
            .toList();
    if (!others.isEmpty()) {
      page.say(others.size() == 1 ? "One more of this name:" : "More of this name:");
      page.java(String.join("\n", others));
    }
  }

  private static String line(Calls.Overload overload, List<String> names) {
    return Signatures.method(overload.method(), overload.type(), names);
  }

  /** Where it belongs, for what is no cell's. */
  private static String owner(Element member) {
    Element owner = member.getEnclosingElement();
    return owner == null || owner.toString().startsWith("REPL.") ? "" : "// " + owner + "\n";
  }

  private void type(TypeElement type, TreePath place) {
    Documentation.Found found = documentation.of(type);
    page.java(Signatures.type(type));
    if (place.getParentPath() != null
        && place.getParentPath().getLeaf() instanceof NewClassTree created
        && created.getIdentifier() == place.getLeaf()) {
      List<String> constructors =
          Calls.overloads(new Members(code, place).constructors(type.asType()))
              .limit(MOST_OVERLOADS)
              .map(each -> line(each, documentation.of(each.method()).names()))
              .toList();
      page.java(String.join("\n", constructors));
    }
    documentation.addTo(page, type, found);
    source(found);
  }

  private boolean variable(VariableElement variable, TreePath place) {
    TypeMirror type =
        place.getLeaf().getKind() == Tree.Kind.VARIABLE
            ? variable.asType()
            : code.trees().getTypeMirror(place);
    String head =
        Signatures.of(type == null ? variable.asType() : type) + " " + variable.getSimpleName();
    String owner = variable.getEnclosingElement().toString();
    boolean ofSession =
        owner.startsWith("REPL.$JShell$")
            && !owner.substring("REPL.$JShell$".length()).contains(".");
    if (ofSession && variable.getKind() == ElementKind.FIELD) {
      String value =
          session.variables().stream()
              .filter(each -> variable.getSimpleName().contentEquals(each.name()))
              .map(each -> "\n= " + ValueLine.of(each.value()))
              .findFirst()
              .orElse("");
      page.java(head + value);
      source(documentation.of(variable));
      return true;
    }
    Object constant = variable.getConstantValue();
    String value =
        constant == null ? "" : " = " + code.task().getElements().getConstantExpression(constant);
    boolean member = variable.getEnclosingElement() instanceof TypeElement;
    page.java((member ? owner(variable) : "") + head + value);
    if (member) {
      Documentation.Found found = documentation.of(variable);
      documentation.addTo(page, variable, found);
    }
    return false;
  }

  private void source(Documentation.Found found) {
    if (!whole || found.declared() == null || found.declared().source().isBlank()) {
      return;
    }
    List<String> lines = found.declared().source().lines().toList();
    String more =
        lines.size() <= MOST_LINES ? "" : "\n// … " + (lines.size() - MOST_LINES) + " lines more";
    page.java(String.join("\n", lines.subList(0, Math.min(MOST_LINES, lines.size()))) + more);
  }

  /** Of the last name in an import. */
  void ofImport(String snippet) {
    Matcher name = IMPORTED.matcher(snippet);
    if (!name.lookingAt()) {
      return;
    }
    String qualified = name.group(1);
    TypeElement type = code.task().getElements().getTypeElement(qualified);
    if (type != null) {
      type(type, new TreePath(code.unit()));
      return;
    }
    int dot = qualified.lastIndexOf('.');
    TypeElement owner =
        dot < 0 ? null : code.task().getElements().getTypeElement(qualified.substring(0, dot));
    if (owner != null) {
      List<Calls.Overload> overloads =
          Calls.overloads(
                  new Members(code, new TreePath(code.unit()))
                      .of(owner.asType(), qualified.substring(dot + 1)::equals))
              .toList();
      if (!overloads.isEmpty()) {
        methods(null, overloads);
      }
    }
  }

  /** Of types that no cell has imported. */
  void toImport(List<String> qualified) {
    TypeElement type = code.task().getElements().getTypeElement(qualified.getFirst());
    page.java("import " + String.join(";\nimport ", qualified) + ";");
    if (type != null) {
      type(type, new TreePath(code.unit()));
    }
  }

  /** Of the call in whose arguments the cursor is. */
  void ofCall() {
    TreePath place = Suggestions.cursor(code);
    Calls.Call call = place == null ? null : new Calls(code, imports).around(place);
    if (call == null || call.overloads().isEmpty()) {
      return;
    }
    Calls.Overload first = call.overloads().getFirst();
    Documentation.Found found = documentation.of(first.method());
    List<String> lines = new ArrayList<>();
    for (Calls.Overload each : call.overloads()) {
      if (lines.size() < MOST_OVERLOADS) {
        List<String> names =
            each == first ? found.names() : documentation.of(each.method()).names();
        String line =
            each == first && each.fits() ? marked(each, names, call.argument()) : line(each, names);
        if (!lines.contains(line)) {
          lines.add(line);
        }
      }
    }
    page.java(String.join("\n", lines));
    List<String> parameters = Signatures.parameters(first.method(), first.type(), found.names());
    String current =
        parameters.isEmpty()
            ? ""
            : parameters.get(Math.min(call.argument(), parameters.size() - 1));
    documentation.addBrief(
        page, first.method(), found, current.substring(current.lastIndexOf(' ') + 1));
  }

  /** The signature, with carets below the parameter whose argument is being typed. */
  private static String marked(Calls.Overload overload, List<String> names, int argument) {
    String line = line(overload, names);
    List<String> parameters = Signatures.parameters(overload.method(), overload.type(), names);
    if (parameters.isEmpty()) {
      return line;
    }
    int current = Math.min(argument, parameters.size() - 1);
    int at = line.indexOf('(' + String.join(", ", parameters) + ')') + 1;
    for (String each : parameters.subList(0, current)) {
      at += each.length() + 2;
    }
    return line + "\n" + " ".repeat(at) + "^".repeat(parameters.get(current).length());
  }
}
