package org.rayshell.kernel.eval;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import jdk.jshell.ImportSnippet;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.TypeDeclSnippet;
import org.rayshell.kernel.hint.Scope;

/** The names of a session, for hints. Guarded by the compiling lock. */
record SessionScope(SessionParts session) implements Scope {
  private static final String STATIC = "static ";

  /** The imports, those that every cell has first: {@code static java.util.Map.*}. */
  List<String> imports() {
    List<String> all = new ArrayList<>(session.pendingImports());
    session
        .shell()
        .imports()
        .map(ImportSnippet::source)
        .map(each -> each.strip().replaceFirst("^import\\s+", "").replaceFirst("\\s*;$", ""))
        .filter(each -> !all.contains(each))
        .forEach(all::add);
    return all;
  }

  @Override
  public Collection<String> variables() {
    return names(session.shell().variables());
  }

  @Override
  public Collection<String> methods() {
    Collection<String> names = names(session.shell().methods());
    for (String each : imports()) {
      if (each.startsWith(STATIC)) {
        int last = each.lastIndexOf('.');
        String name = each.substring(last + 1);
        Class<?> owner = name.equals("*") ? type(each.substring(STATIC.length(), last)) : null;
        names.addAll(owner == null ? List.of(name) : publicMethods(owner));
      }
    }
    return names;
  }

  private static List<String> publicMethods(Class<?> owner) {
    return Stream.of(owner.getMethods())
        .filter(each -> Modifier.isStatic(each.getModifiers()))
        .map(Method::getName)
        .toList();
  }

  @Override
  public Collection<String> types() {
    return names(session.shell().types().filter(each -> !CellEffects.isStandIn(each)));
  }

  @Override
  public String hindrance(String type) {
    return session
        .shell()
        .types()
        .filter(each ->
            each.name().equals(type)
                && session.shell().status(each) != Status.VALID
                && !CellEffects.isStandIn(each))
        .map(each -> Missing.sentence(session.shell(), each, ""))
        .findFirst()
        .orElse("");
  }

  private static Collection<String> names(Stream<? extends PersistentSnippet> snippets) {
    return new ArrayList<>(
        snippets.map(PersistentSnippet::name).filter(each -> !each.startsWith("$")).toList());
  }

  @Override
  public Collection<String> packages() {
    return imports().stream()
        .filter(each -> !each.startsWith(STATIC) && each.endsWith(".*"))
        .map(each -> each.substring(0, each.length() - ".*".length()))
        .toList();
  }

  @Override
  public List<Path> classPath() {
    return session.classes().addedClassPath();
  }

  @Override
  public Class<?> type(String name) {
    String binary = name;
    for (TypeDeclSnippet each : session.shell().types().toList()) {
      if (each.name().equals(name) && !CellEffects.isStandIn(each)) {
        String wrapper = session.shell().sourceCodeAnalysis().wrapper(each).fullClassName();
        binary = wrapper + "$" + name;
      }
    }
    try {
      return Class.forName(binary, false, session.classes().loader());
    } catch (ClassNotFoundException | LinkageError _) {
      return null;
    }
  }
}
