package org.rayshell.kernel.eval;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the session's variables live: static fields of wrappers. JShell compiles a variable anew
 * when something it depends on changes; its value moves along here. Guarded by the compiling lock.
 */
final class Variables {
  private final Map<String, Field> fields = new HashMap<>();
  private final Map<String, Lost> lost = new LinkedHashMap<>();

  /**
   * A value that did not fit its variable's new type.
   *
   * @param type the one that it had, as it can be written; null if that is, or names, a cell's
   */
  record Lost(String type, Object value) {}

  /** A class was loaded: if it holds variables that exist already, they keep their values. */
  void loaded(Class<?> type) {
    if (!SessionClasses.isWrapper(type.getName())) {
      return;
    }
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) || field.isSynthetic()) {
        continue;
      }
      field.setAccessible(true);
      Field former = fields.put(field.getName(), field);
      if (former != null) {
        move(former, field);
        if (!(former.getDeclaringClass().getClassLoader() instanceof SnippetLoader)) {
          // That class stays, its value need not.
          reset(former);
        }
      }
    }
  }

  private void move(Field former, Field field) {
    try {
      Object value = former.get(null);
      boolean fits =
          field.getType().isPrimitive()
              ? field.getType() == former.getType()
              : field.getType().isInstance(value);
      if (fits) {
        field.set(null, value);
      } else if (value != null) {
        lost.put(field.getName(), new Lost(written(former), value));
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("variable " + field.getName() + " cannot be moved", e);
    }
  }

  private static String written(Field field) {
    String type = field.getGenericType().getTypeName();
    return type.contains(SessionClasses.PACKAGE + ".") ? null : type.replace('$', '.');
  }

  /** The type of a variable as any cell can write it; null if there is none. */
  String type(String name) {
    Field field = fields.get(name);
    return field == null ? null : written(field);
  }

  /** What the variable holds; null also if it is not there. */
  Object value(String name) {
    Field field = fields.get(name);
    try {
      return field == null ? null : field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("variable " + name + " cannot be read", e);
    }
  }

  /** Gives the variable a value; false if it is not there, or not of a type for it. */
  boolean set(String name, Object value) {
    Field field = fields.get(name);
    try {
      if (field == null) {
        return false;
      }
      field.set(null, value);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("variable " + name + " cannot be set", e);
    }
  }

  /** The variable has its type's default value again. */
  void reset(String name) {
    Field field = fields.get(name);
    if (field != null) {
      reset(field);
    }
  }

  private static void reset(Field field) {
    try {
      field.set(null, Array.get(Array.newInstance(field.getType(), 1), 0));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("variable " + field.getName() + " cannot be reset", e);
    }
  }

  /** The variable is gone, and what it held may be collected. */
  void drop(String name) {
    reset(name);
    fields.remove(name);
  }

  /** The values that did not fit their variables' new types since the last call, by name. */
  Map<String, Lost> takeLost() {
    Map<String, Lost> taken = new LinkedHashMap<>(lost);
    lost.clear();
    return taken;
  }
}
