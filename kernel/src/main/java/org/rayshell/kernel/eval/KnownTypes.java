package org.rayshell.kernel.eval;

import java.lang.reflect.Member;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What packages and types have of a simple name, as far as it was asked before. Thread-safe.
 *
 * <p>The first question that the class path has to answer opens each of its jars.
 */
final class KnownTypes {
  private final ClassLoader loader;
  private final Collection<String> packages;
  private final Map<String, Boolean> known = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> members = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> told = new ConcurrentHashMap<>();

  /**
   * The types that this loader finds.
   *
   * @param packages names that are known not to be types'
   */
  KnownTypes(ClassLoader loader, Collection<String> packages) {
    this.loader = loader;
    this.packages = packages;
  }

  /** Tells the names of a type's members, so that it is not loaded to know them. */
  void tell(String type, Set<String> names) {
    told.put(type, names);
  }

  /** Whether the package has a type, or the type a member, of one of these names. */
  boolean anyIn(String name, Set<String> names) {
    Set<String> ofType = told.get(name);
    if (ofType != null) {
      return names.stream().anyMatch(ofType::contains);
    }
    String folder = name.replace('.', '/');
    if (!packages.contains(name) && known.computeIfAbsent(folder, this::find)) {
      Set<String> has = members.computeIfAbsent(name, this::members);
      return has.isEmpty() || names.stream().anyMatch(has::contains);
    }
    return names.stream().anyMatch(each -> known.computeIfAbsent(folder + "/" + each, this::find));
  }

  private boolean find(String type) {
    return loader.getResource(type + ".class") != null;
  }

  /** The names of the type's members; empty if they cannot be told. */
  private Set<String> members(String name) {
    try {
      Class<?> type = Class.forName(name, false, loader);
      Stream<String> members =
          Stream.<Member[]>of(
                  type.getMethods(),
                  type.getDeclaredMethods(),
                  type.getFields(),
                  type.getDeclaredFields())
              .flatMap(Stream::of)
              .map(Member::getName);
      Stream<String> types =
          Stream.of(type.getClasses(), type.getDeclaredClasses())
              .flatMap(Stream::of)
              .map(Class::getSimpleName);
      return Stream.concat(members, types).collect(Collectors.toSet());
    } catch (ClassNotFoundException | LinkageError _) {
      return Set.of();
    }
  }

  /** There may be more types than before. */
  void forget() {
    known.clear();
    members.clear();
  }
}
