package org.rayshell.kernel.display;

/** Types of libraries that may be on the class path, by their names. */
public final class Named {
  private Named() {}

  /** The type of that name, if the value is of it; null if not. */
  public static Class<?> superType(Object value, String name) {
    return superType(value.getClass(), name);
  }

  private static Class<?> superType(Class<?> type, String name) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (each.getName().equals(name)) {
        return each;
      }
      for (Class<?> implemented : each.getInterfaces()) {
        Class<?> found = superType(implemented, name);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
