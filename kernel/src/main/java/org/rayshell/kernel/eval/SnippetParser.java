package org.rayshell.kernel.eval;

import com.sun.source.tree.AnnotatedTypeTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ArrayTypeTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeParameterTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;

/** Parses declarations of cells, without compiling them. Thread-safe. */
public final class SnippetParser {
  private static final Pattern MENTIONS_REMOTE =
      Pattern.compile("@\\s*(org\\s*\\.\\s*rayshell\\s*\\.\\s*)?Remote\\b");
  private static final Set<String> REMOTE = Set.of("Remote", "org.rayshell.Remote");
  private static final Set<Modifier> ACCESS =
      Set.of(Modifier.PUBLIC, Modifier.PROTECTED, Modifier.PRIVATE);
  private static final String PREFIX = "class $ {";

  private SnippetParser() {}

  /** What a snippet declares. */
  sealed interface Declared {
    /** A method with the annotation. */
    record Function(RemoteMethod method) implements Declared {}

    /** Another method. */
    record Method(String name) implements Declared {}

    /** A type. */
    record Type(String name, int position, boolean remote) implements Declared {}

    /** A variable; of several only the first. */
    record Variable(String name, int position, boolean remote) implements Declared {}

    /** Something else. */
    record Other() implements Declared {}
  }

  /** Whether the annotation may be in the source. */
  static boolean mentionsRemote(String source) {
    return MENTIONS_REMOTE.matcher(source).find();
  }

  /** Whether the source declares a method or a type. */
  static boolean isMember(String source) {
    return parse(source)
        .filter(parsed ->
            parsed.member instanceof ClassTree
                || parsed.member instanceof MethodTree method
                    && isNamed(method)
                    // A call that is taken for a method without a name.
                    && !method.getName().contentEquals("<error>"))
        .isPresent();
  }

  /** What the source declares, as far as names of remote functions are concerned. */
  static Declared declared(String source) {
    Parsed parsed = parse(source).orElse(null);
    if (parsed == null) {
      return new Declared.Other();
    }
    return switch (parsed.member) {
      case MethodTree method when isNamed(method) && isRemote(method.getModifiers()) ->
          new Declared.Function(function(parsed, method));
      case MethodTree method when isNamed(method) ->
          new Declared.Method(method.getName().toString());
      case ClassTree type -> {
        String name = type.getSimpleName().toString();
        yield new Declared.Type(name, position(parsed, type, name), isRemote(type.getModifiers()));
      }
      case VariableTree variable -> {
        String name = variable.getName().toString();
        yield new Declared.Variable(
            name, position(parsed, variable, name), isRemote(variable.getModifiers()));
      }
      default -> new Declared.Other();
    };
  }

  /** Where the constructors of a record begin that say nothing of their access; else empty. */
  static List<Integer> constructorsOfRecord(String source) {
    List<Integer> positions = new ArrayList<>();
    Parsed parsed = parse(source).orElse(null);
    if (parsed != null
        && parsed.member instanceof ClassTree type
        && type.getKind() == Tree.Kind.RECORD) {
      for (Tree member : type.getMembers()) {
        if (member instanceof MethodTree method
            && !isNamed(method)
            && Collections.disjoint(method.getModifiers().getFlags(), ACCESS)) {
          positions.add(parsed.start(method) - PREFIX.length());
        }
      }
    }
    return positions;
  }

  private static boolean isNamed(MethodTree method) {
    return method.getReturnType() != null;
  }

  private static boolean isRemote(ModifiersTree modifiers) {
    for (AnnotationTree each : modifiers.getAnnotations()) {
      if (REMOTE.contains(each.getAnnotationType().toString())) {
        return true;
      }
    }
    return false;
  }

  private static RemoteMethod function(Parsed parsed, MethodTree method) {
    Map<String, Tree> bounds = new HashMap<>();
    for (TypeParameterTree each : method.getTypeParameters()) {
      bounds.put(
          each.getName().toString(), each.getBounds().isEmpty() ? null : each.getBounds().get(0));
    }
    List<RemoteMethod.Param> params =
        method.getParameters().stream().map(each -> param(parsed, each, bounds)).toList();
    String name = method.getName().toString();
    return new RemoteMethod(
        name,
        position(parsed, method, name),
        method.getTypeParameters().stream().map(Object::toString).toList(),
        method.getReturnType().toString(),
        params);
  }

  private static RemoteMethod.Param param(
      Parsed parsed, VariableTree param, Map<String, Tree> bounds) {
    int start = parsed.start(param.getType());
    String written = parsed.text.substring(start, parsed.end(param));
    boolean varargs = written.contains("...");
    String type = param.getType().toString();
    if (type.endsWith("...")) {
      type = type.substring(0, type.length() - 3) + "[]";
    }
    String raw = raw(param.getType(), bounds);
    return new RemoteMethod.Param(param.getName().toString(), type, raw, simple(raw), varargs);
  }

  private static String raw(Tree type, Map<String, Tree> bounds) {
    return switch (type) {
      case ArrayTypeTree array -> raw(array.getType(), bounds) + "[]";
      case ParameterizedTypeTree generic -> raw(generic.getType(), bounds);
      case AnnotatedTypeTree annotated -> raw(annotated.getUnderlyingType(), bounds);
      case IdentifierTree name when bounds.containsKey(name.getName().toString()) -> {
        Tree bound = bounds.get(name.getName().toString());
        yield bound == null ? "Object" : raw(bound, bounds);
      }
      default -> type.toString();
    };
  }

  /** A class's simple name, the last part of a nested one's. */
  static String simple(String name) {
    return name.substring(Math.max(name.lastIndexOf('$'), name.lastIndexOf('.')) + 1);
  }

  /** Where the declaration's name is in the snippet. */
  private static int position(Parsed parsed, Tree declaration, String name) {
    int start = parsed.start(declaration);
    int end = parsed.end(declaration);
    var found = Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(parsed.text);
    found.region(start, Math.max(start, end));
    return (found.find() ? found.start() : start) - PREFIX.length();
  }

  private static Optional<Parsed> parse(String source) {
    String text = PREFIX + source + "\n}";
    JavacTask task = ParseTask.of(text, problem -> {});
    try {
      for (CompilationUnitTree unit : task.parse()) {
        for (Tree type : unit.getTypeDecls()) {
          for (Tree member : ((ClassTree) type).getMembers()) {
            return Optional.of(
                new Parsed(text, unit, Trees.instance(task).getSourcePositions(), member));
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("parsing a string failed", e);
    }
    return Optional.empty();
  }

  private record Parsed(
      String text, CompilationUnitTree unit, SourcePositions positions, Tree member) {
    int start(Tree tree) {
      return (int) Math.max(0, positions.getStartPosition(unit, tree));
    }

    int end(Tree tree) {
      return (int) Math.max(0, positions.getEndPosition(unit, tree));
    }
  }
}
