package org.rayshell.kernel.eval;

import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.TypeDeclSnippet;
import org.rayshell.kernel.eval.SnippetParser.Declared;

/**
 * The session's remote functions and their companions. A companion is declared before the methods
 * it stands for, and again only if its source has changed. Guarded by the compiling lock, but
 * {@link #changed} and the cache of {@link #loaded}.
 */
final class RemoteFunctions {
  private static final Set<String> NO_TYPE_NAMES =
      Set.of("var", "yield", "record", "sealed", "permits");

  private static final List<String> IMPORTED =
      List.of("java.lang", "java.util", "java.util.function", "java.util.stream", "org.rayshell");

  private final JShell shell;
  private final SessionClasses classes;
  private final Map<String, TypeDeclSnippet> companions = new HashMap<>();
  private final Map<String, RemoteMethod> parsed = new HashMap<>();
  private final Map<String, List<RemoteFunction>> loaded = new ConcurrentHashMap<>();

  RemoteFunctions(JShell shell, SessionClasses classes) {
    this.shell = shell;
    this.classes = classes;
  }

  /**
   * What a cell declares.
   *
   * @param functions by name, in order
   * @param problems that keep the cell from being run
   */
  record Plan(Map<String, List<RemoteMethod>> functions, List<EvalResult.Problem> problems) {}

  /** Looks a cell over before it is run. */
  Plan plan(List<Piece> pieces, Problems places) {
    Plan plan = new Plan(new LinkedHashMap<>(), new ArrayList<>());
    Map<String, String> others = new HashMap<>();
    boolean remote =
        pieces.stream().anyMatch(piece -> SnippetParser.mentionsRemote(piece.source()));
    if (!remote && companions.isEmpty()) {
      return plan;
    }
    for (Piece piece : pieces) {
      if (!remote && companions.keySet().stream().noneMatch(piece.source()::contains)) {
        continue;
      }
      switch (SnippetParser.declared(piece.source())) {
        case Declared.Function(RemoteMethod method) -> {
          String hindrance = hindrance(method.name());
          if (others.containsKey(method.name())) {
            hindrance = hidden(others.get(method.name()), method.name());
          }
          if (hindrance != null) {
            refuse(plan, places, piece, method.position(), method.name(), hindrance);
          }
          plan.functions.computeIfAbsent(method.name(), name -> new ArrayList<>()).add(method);
        }
        case Declared.Type(String name, int position, boolean marked) ->
            other(plan, places, piece, others, name, position, marked, "class");
        case Declared.Variable(String name, int position, boolean marked) ->
            other(plan, places, piece, others, name, position, marked, "variable");
        case Declared.Method(_), Declared.Other() -> {}
      }
    }
    return plan;
  }

  private void other(
      Plan plan,
      Problems places,
      Piece piece,
      Map<String, String> others,
      String name,
      int position,
      boolean marked,
      String kind) {
    others.put(name, kind);
    if (marked) {
      refuse(
          plan,
          places,
          piece,
          position,
          name,
          "@Remote marks functions, and " + name + " is a " + kind + ": put it on a method");
    } else if (isRemote(name) || plan.functions.containsKey(name)) {
      refuse(plan, places, piece, position, name, hidden(kind, name));
    }
  }

  private static String hidden(String kind, String name) {
    return String.format(
        "a %1$s named %2$s would hide the remote function %2$s, so that %2$s.remote(…) does not"
            + " compile: give the %1$s or the function another name",
        kind, name);
  }

  /** What keeps a remote function from having this name; null if nothing does. */
  private String hindrance(String name) {
    if (NO_TYPE_NAMES.contains(name)) {
      return name + " cannot name a remote function, as it cannot name a type: choose another name";
    }
    if (shell.variables().anyMatch(each -> each.name().equals(name))) {
      return hidden("variable", name);
    }
    TypeDeclSnippet companion = companions.get(name);
    if (shell
        .types()
        .anyMatch(each ->
            each.name().equals(name) && each != companion && !CellEffects.isStandIn(each))) {
      return hidden("class", name);
    }
    for (String imported : IMPORTED) {
      try {
        Class<?> type = Class.forName(imported + "." + name, false, classes.loader());
        return String.format(
            "a remote function named %s would hide the class %s: choose another name",
            name, type.getName());
      } catch (ClassNotFoundException | LinkageError e) {
        // Nothing is hidden: on a file system that ignores case, the error is the other kind.
      }
    }
    return null;
  }

  private static void refuse(
      Plan plan, Problems places, Piece piece, int position, String name, String message) {
    int at = piece.start() + position;
    plan.problems.add(places.at(at, at + name.length(), message));
  }

  /** Declares the companions of a cell's functions; other overloads of the names stay. */
  void declare(Plan plan) {
    plan.functions.forEach((name, methods) -> {
      Map<String, RemoteMethod> overloads = new LinkedHashMap<>();
      snippets(name).forEach(each -> overloads.put(parsed(each).key(), parsed(each)));
      methods.forEach(each -> overloads.put(each.key(), each));
      declare(name, List.copyOf(overloads.values()));
    });
  }

  /**
   * Makes the companions fit what is defined, once a cell has ended.
   *
   * @return names of those that are gone
   */
  List<String> reconcile() {
    List<String> gone = new ArrayList<>();
    companions.values().removeIf(each -> !shell.status(each).isActive());
    for (String name : List.copyOf(companions.keySet())) {
      List<RemoteMethod> overloads = snippets(name).stream().map(this::parsed).toList();
      if (overloads.isEmpty()) {
        shell.drop(companions.remove(name));
        loaded.clear();
        gone.add(name);
      } else {
        declare(name, overloads);
      }
    }
    return gone;
  }

  private boolean isRemote(String name) {
    return companions.containsKey(name) && !snippets(name).isEmpty();
  }

  private void declare(String name, List<RemoteMethod> overloads) {
    String source = Companion.source(name, overloads);
    TypeDeclSnippet former = companions.get(name);
    if (former != null && former.source().equals(source)) {
      return;
    }
    for (var event : shell.eval(source)) {
      if (event.causeSnippet() == null
          && event.status() != Snippet.Status.REJECTED
          && event.snippet() instanceof TypeDeclSnippet type) {
        companions.put(name, type);
      }
    }
  }

  /** The active methods of that name with the annotation. */
  private List<MethodSnippet> snippets(String name) {
    return shell
        .methods()
        .filter(each -> each.name().equals(name) && parsed(each) != null)
        .toList();
  }

  /** The method as written; null without the annotation. */
  private RemoteMethod parsed(MethodSnippet snippet) {
    if (!SnippetParser.mentionsRemote(snippet.source())) {
      return null;
    }
    return parsed.computeIfAbsent(
        snippet.source(),
        source ->
            SnippetParser.declared(source) instanceof Declared.Function(RemoteMethod method)
                ? method
                : null);
  }

  /** Whether the type is a companion. */
  boolean isCompanion(Snippet snippet) {
    return snippet instanceof TypeDeclSnippet type && companions.get(type.name()) == type;
  }

  /**
   * Classes were loaded or dropped: what is known of loaded functions may be wrong. Thread-safe.
   */
  void changed() {
    loaded.clear();
  }

  /** What is known of a name without the lock; null if nothing is. Thread-safe. */
  List<RemoteFunction> known(String name) {
    return loaded.get(name);
  }

  /** The loaded overloads of a name; empty if it is no remote function. */
  List<RemoteFunction> loaded(String name) {
    List<RemoteFunction> found = new ArrayList<>();
    for (MethodSnippet snippet : snippets(name)) {
      String owner = shell.sourceCodeAnalysis().wrapper(snippet).fullClassName();
      RemoteMethod method = parsed(snippet);
      List<String> missing = shell.unresolvedDependencies(snippet).toList();
      String descriptor = descriptor(owner, method);
      if (descriptor != null || !missing.isEmpty()) {
        found.add(new RemoteFunction(owner, name, descriptor, method.key(), missing));
      }
    }
    loaded.put(name, List.copyOf(found));
    return found;
  }

  private String descriptor(String owner, RemoteMethod method) {
    byte[] bytes = classes.bytes(owner.replace('.', '/'));
    if (bytes == null) {
      return null;
    }
    for (MethodModel each : ClassFile.of().parse(bytes).methods()) {
      if (each.methodName().equalsString(method.name())
          && key(each.methodTypeSymbol()).equals(method.key())) {
        return each.methodType().stringValue();
      }
    }
    return null;
  }

  private static String key(MethodTypeDesc type) {
    return type.parameterList().stream()
        .map(ClassDesc::displayName)
        .map(SnippetParser::simple)
        .collect(Collectors.joining(","));
  }
}
