package org.rayshell.kernel.hint;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names that a type's members have, of its own and of what it inherits. */
final class Members {
  private Members() {}

  /** Names of methods. */
  static Set<String> methods(Class<?> type) {
    return Stream.of(type.getMethods(), type.getDeclaredMethods())
        .flatMap(Arrays::stream)
        .filter(each -> !each.isSynthetic())
        .map(Method::getName)
        .filter(each -> !each.contains("$"))
        .collect(Collectors.toSet());
  }

  /** Names of fields and of types in it. */
  static Set<String> fields(Class<?> type) {
    return Stream.concat(
            Stream.of(type.getFields(), type.getDeclaredFields())
                .flatMap(Arrays::stream)
                .filter(each -> !each.isSynthetic())
                .map(Field::getName),
            Stream.of(type.getClasses(), type.getDeclaredClasses())
                .flatMap(Arrays::stream)
                .map(Class::getSimpleName))
        .filter(each -> !each.contains("$"))
        .collect(Collectors.toSet());
  }
}
